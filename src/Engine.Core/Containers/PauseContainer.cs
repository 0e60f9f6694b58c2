using Engine.Core.Containers.Lifecycle;
using Engine.Core.Events;

namespace Engine.Core.Containers;

/// <summary>Freezes every process of a container.</summary>
public sealed class PauseContainer
{
    private readonly ContainerStore _store;
    private readonly ContainerProcesses _processes;
    private readonly EventStream _events;

    internal PauseContainer(ContainerStore store, ContainerProcesses processes, EventStream events)
    {
        _store = store;
        _processes = processes;
        _events = events;
    }

    /// <summary>Pauses a container.</summary>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerNotRunning"/>, <see cref="EngineErrorReason.ContainerPaused"/>.
    /// </exception>
    public async Task HandleAsync(string reference, CancellationToken cancellationToken)
    {
        var entry = _store.Resolve(reference);
        using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
        switch (entry.Record.State)
        {
            case ContainerState.Running:
                await _processes.FreezeAsync(entry).ConfigureAwait(false);
                _events.PublishContainer(entry.Record, "pause");
                break;
            case ContainerState.Paused:
                throw new EngineException(
                    EngineErrorCode.Conflict, EngineErrorReason.ContainerPaused,
                    $"Container '{entry.Record.Name}' is already paused.", entry.Record.Name);
            default:
                throw ContainerErrors.NotRunning(entry.Record.Name);
        }
    }
}
