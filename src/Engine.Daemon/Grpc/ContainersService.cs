using Engine.Core.Containers;
using Engine.Core.Logs;
using Engine.Daemon.Hosting;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>engine.v1.Containers: forwards to the operations, and nothing else.</summary>
internal sealed class ContainersService(
    CreateContainer create,
    StartContainer start,
    StopContainer stop,
    RestartContainer restart,
    SignalContainer signal,
    PauseContainer pause,
    ResumeContainer resume,
    RenameContainer rename,
    RemoveContainer remove,
    WaitForContainer wait,
    ListContainers list,
    GetContainer get,
    ReadContainerLog readLog,
    ExportContainer export,
    Drain drain) : Wire.Containers.ContainersBase
{
    /// <inheritdoc/>
    public override async Task<Wire.CreateContainerResponse> CreateContainer(
        Wire.CreateContainerRequest request, ServerCallContext context)
    {
        var name = request.Name.Length == 0 ? null : request.Name;
        var created = await create.HandleAsync(name, request.Configuration.ToModel(), context.CancellationToken);
        return new() { Container = created.Container.ToWire(), Warnings = { created.Warnings } };
    }

    /// <inheritdoc/>
    public override async Task<Wire.StartContainerResponse> StartContainer(
        Wire.StartContainerRequest request, ServerCallContext context) =>
        new() { AlreadyRunning = await start.HandleAsync(request.Container, context.CancellationToken) };

    // A stop that has begun goes on when its caller goes away, as does a restart: a container that is left half-way
    // between would be neither what it was nor what was asked for.

    /// <inheritdoc/>
    public override async Task<Wire.StopContainerResponse> StopContainer(
        Wire.StopContainerRequest request, ServerCallContext context)
    {
        var signalName = request.HasSignal ? request.Signal : null;
        return new()
        {
            AlreadyStopped = await stop.HandleAsync(
                request.Container, signalName, request.Timeout.ToOptionalModel(), drain.Over),
        };
    }

    /// <inheritdoc/>
    public override async Task<Wire.RestartContainerResponse> RestartContainer(
        Wire.RestartContainerRequest request, ServerCallContext context)
    {
        var signalName = request.HasSignal ? request.Signal : null;
        await restart.HandleAsync(request.Container, signalName, request.Timeout.ToOptionalModel(), drain.Over);
        return new();
    }

    /// <inheritdoc/>
    public override async Task<Wire.SignalContainerResponse> SignalContainer(
        Wire.SignalContainerRequest request, ServerCallContext context)
    {
        await signal.HandleAsync(request.Container, request.Signal, context.CancellationToken);
        return new();
    }

    /// <inheritdoc/>
    public override async Task<Wire.PauseContainerResponse> PauseContainer(
        Wire.PauseContainerRequest request, ServerCallContext context)
    {
        await pause.HandleAsync(request.Container, context.CancellationToken);
        return new();
    }

    /// <inheritdoc/>
    public override async Task<Wire.ResumeContainerResponse> ResumeContainer(
        Wire.ResumeContainerRequest request, ServerCallContext context)
    {
        await resume.HandleAsync(request.Container, context.CancellationToken);
        return new();
    }

    /// <inheritdoc/>
    public override async Task<Wire.RenameContainerResponse> RenameContainer(
        Wire.RenameContainerRequest request, ServerCallContext context)
    {
        await rename.HandleAsync(request.Container, request.NewName, context.CancellationToken);
        return new();
    }

    /// <inheritdoc/>
    public override async Task<Wire.RemoveContainerResponse> RemoveContainer(
        Wire.RemoveContainerRequest request, ServerCallContext context)
    {
        await remove.HandleAsync(request.Container, request.Force, context.CancellationToken);
        return new();
    }

    /// <inheritdoc/>
    [EndsAtDrain]
    public override async Task<Wire.WaitContainerResponse> WaitContainer(
        Wire.WaitContainerRequest request, ServerCallContext context)
    {
        var placed = wait.Begin(request.Container, request.Condition.ToModel());
        await context.WriteResponseHeadersAsync([]);
        return (await placed.Completion(context.CancellationToken)).ToWire();
    }

    /// <inheritdoc/>
    public override Task ListContainers(
        Wire.ListContainersRequest request,
        IServerStreamWriter<Wire.ListContainersResponse> responseStream,
        ServerCallContext context) =>
        responseStream.WriteAllAsync(
            ct => list.HandleAsync(request.Filter.ToModel(), ct),
            container => new() { Container = container.ToWire() },
            context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<Wire.GetContainerResponse> GetContainer(
        Wire.GetContainerRequest request, ServerCallContext context)
    {
        var container = await get.HandleAsync(request.Container, request.Size, context.CancellationToken);
        return new() { Container = container.ToWire() };
    }

    /// <inheritdoc/>
    [EndsAtDrain]
    public override async Task ReadContainerLog(
        Wire.ReadContainerLogRequest request,
        IServerStreamWriter<Wire.ReadContainerLogResponse> responseStream,
        ServerCallContext context)
    {
        // The log is open before the caller hears of it: it can start the container then, and miss nothing.
        var batches = await readLog.OpenAsync(request.Container, request.ToModel(), context.CancellationToken);
        await context.WriteResponseHeadersAsync([]);
        await responseStream.WriteAllAsync(
            _ => batches,
            batch => new() { Entries = { batch.Select(entry => entry.ToWire()) } },
            context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task ExportContainer(
        Wire.ExportContainerRequest request,
        IServerStreamWriter<Wire.ExportContainerResponse> responseStream,
        ServerCallContext context)
    {
        await using var archive = new ChunkWriter<Wire.ExportContainerResponse>(
            responseStream, static chunk => new() { Chunk = chunk }, context.CancellationToken);
        await export.HandleAsync(request.Container, archive, context.CancellationToken);
        await archive.FlushAsync(context.CancellationToken);
    }
}
