using System.Runtime.CompilerServices;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Client;

/// <summary>
/// An engine's containers. <c>container</c> is a name, an id, or a prefix of an id that only one container has. What each
/// call can fail with is in the contract, <c>engine/v1/containers.proto</c>.
/// </summary>
public sealed class ContainersClient
{
    private readonly Wire.Containers.ContainersClient _client;
    private readonly EngineConnection _engine;

    internal ContainersClient(CallInvoker invoker, EngineConnection engine)
    {
        _client = new Wire.Containers.ContainersClient(invoker);
        _engine = engine;
    }

    /// <summary>Makes a container, without starting it.</summary>
    /// <param name="configuration">What of.</param>
    /// <param name="name">Its name; null for one that the engine makes up.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The container, and what was accepted but does not work on that host as asked.</returns>
    public async Task<(Container Container, IReadOnlyList<string> Warnings)> CreateAsync(
        ContainerConfiguration configuration, string? name, CancellationToken cancellationToken)
    {
        var request = new Wire.CreateContainerRequest { Name = name ?? "", Configuration = configuration.ToWire() };
        Wire.CreateContainerResponse response =
            await _client.CreateContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
        return (response.Container.ToModel(_engine), response.Warnings.ToModel());
    }

    /// <summary>Starts a container.</summary>
    /// <returns>False when it ran already.</returns>
    public async Task<bool> StartAsync(string container, CancellationToken cancellationToken)
    {
        var request = new Wire.StartContainerRequest { Container = container };
        return !(await _client.StartContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).AlreadyRunning;
    }

    /// <summary>Stops a container, and kills it when it has not ended in time.</summary>
    /// <param name="container">Which.</param>
    /// <param name="signal">The signal that asks it to stop; null for the container's own.</param>
    /// <param name="timeout">How long to wait before SIGKILL; null for the container's own, negative for ever.</param>
    /// <param name="cancellationToken">Ends the call; the stop goes on.</param>
    /// <returns>False when it did not run.</returns>
    public async Task<bool> StopAsync(string container, string? signal, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var request = new Wire.StopContainerRequest { Container = container, Timeout = timeout.ToWire() };
        if (signal is not null)
        {
            request.Signal = signal;
        }

        return !(await _client.StopContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false)).AlreadyStopped;
    }

    /// <summary>Stops a container if it runs, and starts it.</summary>
    /// <inheritdoc cref="StopAsync"/>
    public async Task RestartAsync(string container, string? signal, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var request = new Wire.RestartContainerRequest { Container = container, Timeout = timeout.ToWire() };
        if (signal is not null)
        {
            request.Signal = signal;
        }

        await _client.RestartContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a signal to a container's first process.</summary>
    /// <param name="container">Which.</param>
    /// <param name="signal">A name, with or without SIG, or a number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SignalAsync(string container, string signal, CancellationToken cancellationToken)
    {
        var request = new Wire.SignalContainerRequest { Container = container, Signal = signal };
        await _client.SignalContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Freezes a container's processes.</summary>
    public async Task PauseAsync(string container, CancellationToken cancellationToken)
    {
        var request = new Wire.PauseContainerRequest { Container = container };
        await _client.PauseContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Thaws a container's processes.</summary>
    public async Task ResumeAsync(string container, CancellationToken cancellationToken)
    {
        var request = new Wire.ResumeContainerRequest { Container = container };
        await _client.ResumeContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a container another name.</summary>
    public async Task RenameAsync(string container, string newName, CancellationToken cancellationToken)
    {
        var request = new Wire.RenameContainerRequest { Container = container, NewName = newName };
        await _client.RenameContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a container and all that it wrote.</summary>
    /// <param name="container">Which.</param>
    /// <param name="force">Kill it first if it runs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task RemoveAsync(string container, bool force, CancellationToken cancellationToken)
    {
        var request = new Wire.RemoveContainerRequest { Container = container, Force = force };
        await _client.RemoveContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins to wait. The outer task ends when the wait is in place on the engine: nothing is missed after that.</summary>
    public async Task<Task<ContainerExit>> BeginWaitAsync(
        string container, ContainerWaitCondition condition, CancellationToken cancellationToken)
    {
        var request = new Wire.WaitContainerRequest { Container = container, Condition = condition.ToWire() };
        AsyncUnaryCall<Wire.WaitContainerResponse> call =
            _client.WaitContainerAsync(request, cancellationToken: cancellationToken);
        await call.ResponseHeadersAsync.ConfigureAwait(false);
        return EndWaitAsync(call);
    }

    /// <summary>Waits for a condition.</summary>
    public async Task<ContainerExit> WaitAsync(
        string container, ContainerWaitCondition condition, CancellationToken cancellationToken) =>
        await (await BeginWaitAsync(container, condition, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Lists containers, the newest first.</summary>
    public async IAsyncEnumerable<Container> ListAsync(
        ContainerFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Wire.ListContainersRequest { Filter = filter.ToWire() };
        using AsyncServerStreamingCall<Wire.ListContainersResponse> call =
            _client.ListContainers(request, cancellationToken: cancellationToken);
        await foreach (Wire.ListContainersResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return response.Container.ToModel(_engine);
        }
    }

    /// <summary>Everything about one container.</summary>
    /// <param name="container">Which.</param>
    /// <param name="size">Also how much it takes on the disk, which costs a walk over it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Container> GetAsync(string container, bool size, CancellationToken cancellationToken)
    {
        var request = new Wire.GetContainerRequest { Container = container, Size = size };
        return (await _client.GetContainerAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false))
            .Container.ToModel(_engine);
    }

    /// <summary>
    /// Begins to read what a container wrote. The task ends when the engine reads; the sequence can be read once, and
    /// <paramref name="cancellationToken"/> ends the call where it is not read.
    /// </summary>
    public async Task<IAsyncEnumerable<ContainerLogEntry>> OpenLogAsync(
        string container, ContainerLogQuery query, CancellationToken cancellationToken)
    {
        AsyncServerStreamingCall<Wire.ReadContainerLogResponse> call =
            _client.ReadContainerLog(query.ToWire(container), cancellationToken: cancellationToken);
        await call.ResponseHeadersAsync.ConfigureAwait(false);
        return ReadLogAsync(call, cancellationToken);
    }

    /// <summary>
    /// The container's files, without what is mounted into it, as one uncompressed tar, in pieces of at most 1 MiB. The
    /// engine reads no faster than the pieces are taken. An export that fails throws: a tar that was cut off is none.
    /// </summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ExportAsync(
        string container, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Wire.ExportContainerRequest { Container = container };
        using AsyncServerStreamingCall<Wire.ExportContainerResponse> call =
            _client.ExportContainer(request, cancellationToken: cancellationToken);
        await foreach (Wire.ExportContainerResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return response.Chunk.Memory;
        }
    }

    private static async IAsyncEnumerable<ContainerLogEntry> ReadLogAsync(
        AsyncServerStreamingCall<Wire.ReadContainerLogResponse> call,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (call)
        {
            await foreach (Wire.ReadContainerLogResponse batch in
                call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (Wire.ContainerLogEntry entry in batch.Entries)
                {
                    yield return entry.ToModel();
                }
            }
        }
    }

    private async Task<ContainerExit> EndWaitAsync(AsyncUnaryCall<Wire.WaitContainerResponse> call)
    {
        using (call)
        {
            return (await call.ResponseAsync.ConfigureAwait(false)).ToModel(_engine);
        }
    }
}
