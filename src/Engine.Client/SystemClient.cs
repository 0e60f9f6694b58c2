using System.Runtime.CompilerServices;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Client;

/// <summary>The engine itself. What each call can fail with is in the contract, <c>engine/v1/system.proto</c>.</summary>
public sealed class SystemClient
{
    private readonly Wire.System.SystemClient _client;
    private readonly EngineConnection _engine;

    internal SystemClient(CallInvoker invoker, EngineConnection engine)
    {
        _client = new Wire.System.SystemClient(invoker);
        _engine = engine;
    }

    /// <summary>What the engine is, runs on, and holds.</summary>
    public async Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        (await _client.GetInfoAsync(new Wire.GetInfoRequest(), cancellationToken: cancellationToken).ConfigureAwait(false))
            .ToModel(_engine);

    /// <summary>
    /// Begins to watch events. The task ends when the watch is in place: nothing that happens after that is missed. The
    /// sequence can be read once, and <paramref name="cancellationToken"/> ends the call where it is not read.
    /// </summary>
    public async Task<IAsyncEnumerable<EngineEvent>> OpenEventsAsync(EventQuery query, CancellationToken cancellationToken)
    {
        AsyncServerStreamingCall<Wire.WatchEventsResponse> call =
            _client.WatchEvents(query.ToWire(), cancellationToken: cancellationToken);
        await call.ResponseHeadersAsync.ConfigureAwait(false);
        return ReadEventsAsync(call, cancellationToken);
    }

    /// <summary>Reads every blob and layer of the image store, and tells each fault as it is found.</summary>
    /// <param name="repair">Make right what can be.</param>
    /// <param name="progress">Told how far the check has come; from another thread.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async IAsyncEnumerable<StoreFinding> CheckStoreAsync(
        bool repair,
        IProgress<StoreCheckProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Wire.CheckStoreRequest { Repair = repair };
        using AsyncServerStreamingCall<Wire.CheckStoreResponse> call =
            _client.CheckStore(request, cancellationToken: cancellationToken);
        await foreach (Wire.CheckStoreResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (response.PartCase == Wire.CheckStoreResponse.PartOneofCase.Finding)
            {
                yield return response.Finding.ToModel(_engine);
            }
            else if (response.PartCase == Wire.CheckStoreResponse.PartOneofCase.Progress)
            {
                progress?.Report(response.Progress.ToModel());
            }
        }
    }

    /// <summary>Ends the engine; containers run on.</summary>
    public async Task ShutdownAsync(CancellationToken cancellationToken) =>
        await _client.ShutdownAsync(new Wire.ShutdownRequest(), cancellationToken: cancellationToken).ConfigureAwait(false);

    private async IAsyncEnumerable<EngineEvent> ReadEventsAsync(
        AsyncServerStreamingCall<Wire.WatchEventsResponse> call,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (call)
        {
            await foreach (Wire.WatchEventsResponse response in
                call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return response.Event.ToModel(_engine);
            }
        }
    }
}
