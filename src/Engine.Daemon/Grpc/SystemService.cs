using Engine.Core.Events;
using Engine.Core.Images;
using Engine.Core.Information;
using Engine.Daemon.Hosting;
using Engine.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>engine.v1.System: forwards to the operations, and nothing else.</summary>
internal sealed class SystemService(
    GetEngineInfo info, WatchEvents watch, CheckStore check, IHostApplicationLifetime application)
    : Wire.System.SystemBase
{
    /// <inheritdoc/>
    public override async Task<Wire.GetInfoResponse> GetInfo(Wire.GetInfoRequest request, ServerCallContext context) =>
        (await info.HandleAsync(context.CancellationToken)).ToWire();

    /// <inheritdoc/>
    [EndsAtDrain]
    public override async Task WatchEvents(
        Wire.WatchEventsRequest request,
        IServerStreamWriter<Wire.WatchEventsResponse> responseStream,
        ServerCallContext context)
    {
        using var subscription = watch.Begin(request.ToModel());
        await context.WriteResponseHeadersAsync([]);
        await responseStream.WriteAllAsync(
            subscription.ReadAllAsync, happened => new() { Event = happened.ToWire() }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task CheckStore(
        Wire.CheckStoreRequest request,
        IServerStreamWriter<Wire.CheckStoreResponse> responseStream,
        ServerCallContext context) =>
        responseStream.WriteAllAsync(
            stop => check.HandleAsync(request.Repair, stop),
            step => step.Finding is { } finding
                ? new() { Finding = finding.ToWire() }
                : new() { Progress = step.Progress!.ToWire() },
            context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Wire.ShutdownResponse> Shutdown(Wire.ShutdownRequest request, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        SocketAccess.DemandOwner(http.Features.GetRequiredFeature<PeerCredentials>());
        http.Response.OnCompleted(() =>
        {
            application.StopApplication();
            return Task.CompletedTask;
        });
        return Task.FromResult(new Wire.ShutdownResponse());
    }
}
