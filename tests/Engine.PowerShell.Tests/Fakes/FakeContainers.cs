using System.Collections.Concurrent;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

internal sealed partial class FakeContainers(FakeEngine engine) : Wire.Containers.ContainersBase
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _exits = new();

    public override async Task<Wire.CreateContainerResponse> CreateContainer(
        Wire.CreateContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Create", request.Name, context.CancellationToken);
        engine.Created = request.Configuration.ToModel();
        Wire.Container container = engine.Add(request.Name.Length == 0 ? $"made_up_{engine.Containers.Count}" : request.Name, ContainerState.Created);
        return new Wire.CreateContainerResponse { Container = container, Warnings = { "swap is not limited" } };
    }

    public override async Task<Wire.StartContainerResponse> StartContainer(
        Wire.StartContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Start", Name(request.Container), context.CancellationToken);
        Wire.Container container = engine.Find(request.Container);
        container.State = Wire.ContainerState.Running;
        if (engine.Stall != "Run")
        {
            Exit(container.Id).TrySetResult();
        }

        return new Wire.StartContainerResponse();
    }

    public override async Task<Wire.StopContainerResponse> StopContainer(
        Wire.StopContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Stop", Name(request.Container), context.CancellationToken);
        Wire.Container container = engine.Find(request.Container);
        container.State = Wire.ContainerState.Exited;
        Exit(container.Id).TrySetResult();
        return new Wire.StopContainerResponse();
    }

    public override async Task<Wire.RestartContainerResponse> RestartContainer(
        Wire.RestartContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Restart", Name(request.Container), context.CancellationToken);
        return new Wire.RestartContainerResponse();
    }

    public override async Task<Wire.SignalContainerResponse> SignalContainer(
        Wire.SignalContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Signal", $"{Name(request.Container)} {request.Signal}", context.CancellationToken);
        return new Wire.SignalContainerResponse();
    }

    public override async Task<Wire.PauseContainerResponse> PauseContainer(
        Wire.PauseContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Pause", Name(request.Container), context.CancellationToken);
        return new Wire.PauseContainerResponse();
    }

    public override async Task<Wire.ResumeContainerResponse> ResumeContainer(
        Wire.ResumeContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Resume", Name(request.Container), context.CancellationToken);
        return new Wire.ResumeContainerResponse();
    }

    public override async Task<Wire.RenameContainerResponse> RenameContainer(
        Wire.RenameContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Rename", $"{Name(request.Container)} {request.NewName}", context.CancellationToken);
        engine.Find(request.Container).Name = request.NewName;
        return new Wire.RenameContainerResponse();
    }

    public override async Task<Wire.RemoveContainerResponse> RemoveContainer(
        Wire.RemoveContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Remove", Name(request.Container), context.CancellationToken);
        engine.Containers.TryRemove(engine.Find(request.Container).Name, out _);
        return new Wire.RemoveContainerResponse();
    }

    public override async Task<Wire.WaitContainerResponse> WaitContainer(
        Wire.WaitContainerRequest request, ServerCallContext context)
    {
        Wire.Container container = engine.Find(request.Container);
        await context.WriteResponseHeadersAsync([]);
        await engine.EnterAsync("Wait", $"{container.Name} {request.Condition}", context.CancellationToken);
        await Exit(container.Id).Task.WaitAsync(context.CancellationToken);
        return new Wire.WaitContainerResponse
        {
            ContainerId = container.Id,
            ContainerName = container.Name,
            ExitCode = engine.ExitCode,
        };
    }

    public override async Task ListContainers(
        Wire.ListContainersRequest request,
        IServerStreamWriter<Wire.ListContainersResponse> responseStream,
        ServerCallContext context)
    {
        await engine.EnterAsync("List", "", context.CancellationToken);
        foreach (Wire.Container container in engine.Containers.Values.OrderBy(c => c.Id)
            .Where(c => request.Filter.States.Count == 0 || request.Filter.States.Contains(c.State))
            .Where(c => request.Filter.Ids.Count == 0 || request.Filter.Ids.Contains(c.Id)))
        {
            await responseStream.WriteAsync(new Wire.ListContainersResponse { Container = container });
        }
    }

    public override async Task<Wire.GetContainerResponse> GetContainer(
        Wire.GetContainerRequest request, ServerCallContext context)
    {
        await engine.EnterAsync("Get", Name(request.Container), context.CancellationToken);
        return new Wire.GetContainerResponse { Container = engine.Find(request.Container) };
    }

    public override async Task ReadContainerLog(
        Wire.ReadContainerLogRequest request,
        IServerStreamWriter<Wire.ReadContainerLogResponse> responseStream,
        ServerCallContext context)
    {
        Wire.Container container = engine.Find(request.Container);
        await context.WriteResponseHeadersAsync([]);
        await engine.EnterAsync("Log", container.Name, context.CancellationToken);
        var batch = new Wire.ReadContainerLogResponse { Entries = { engine.Log.Select(e => e.ToWire()) } };
        await responseStream.WriteAsync(batch);
        if (request.Follow)
        {
            await Exit(container.Id).Task.WaitAsync(context.CancellationToken);
        }
    }

    private TaskCompletionSource Exit(string id) => _exits.GetOrAdd(
        id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private string Name(string reference) =>
        engine.Containers.Values.FirstOrDefault(c => c.Id == reference)?.Name ?? reference;
}
