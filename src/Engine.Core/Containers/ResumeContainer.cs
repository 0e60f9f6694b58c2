using Engine.Core.Containers.Lifecycle;
using Engine.Core.Events;

namespace Engine.Core.Containers;

/// <summary>Thaws a paused container.</summary>
public sealed class ResumeContainer
{
    private readonly ContainerStore _store;
    private readonly ContainerProcesses _processes;
    private readonly EventStream _events;

    internal ResumeContainer(ContainerStore store, ContainerProcesses processes, EventStream events)
    {
        _store = store;
        _processes = processes;
        _events = events;
    }

    /// <summary>Resumes a container.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ContainerNotPaused"/>.</exception>
    public async Task HandleAsync(string reference, CancellationToken cancellationToken)
    {
        var entry = _store.Resolve(reference);
        using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
        if (entry.Record.State != ContainerState.Paused)
        {
            throw new EngineException(
                EngineErrorCode.Conflict, EngineErrorReason.ContainerNotPaused,
                $"Container '{entry.Record.Name}' is not paused.", entry.Record.Name);
        }

        _processes.Thaw(entry);
        _events.PublishContainer(entry.Record, "unpause");
    }
}
