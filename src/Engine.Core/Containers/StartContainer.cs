using Engine.Core.Containers.Lifecycle;

namespace Engine.Core.Containers;

/// <summary>Starts a container that does not run.</summary>
public sealed class StartContainer
{
    private readonly ContainerStore _store;
    private readonly ContainerRun _run;

    internal StartContainer(ContainerStore store, ContainerRun run)
    {
        _store = store;
        _run = run;
    }

    /// <summary>Starts a container; what fails half-way is undone before the error is told.</summary>
    /// <returns>True when it ran already.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.CommandNotFound"/>, <see cref="EngineErrorReason.CommandNotExecutable"/>,
    /// <see cref="EngineErrorReason.ContainerStartFailed"/>, <see cref="EngineErrorReason.UserNotFound"/>,
    /// <see cref="EngineErrorReason.MountSourceNotFound"/>, <see cref="EngineErrorReason.ContainerPaused"/>,
    /// <see cref="EngineErrorReason.ContainerRemoving"/>, <see cref="EngineErrorReason.ContainerDead"/>.
    /// </exception>
    public async Task<bool> HandleAsync(string reference, CancellationToken cancellationToken)
    {
        var entry = _store.Resolve(reference);
        using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
        switch (entry.Record.State)
        {
            case ContainerState.Running:
                return true;
            case ContainerState.Paused:
                throw ContainerErrors.Paused(entry.Record.Name);
            case ContainerState.Removing:
                throw ContainerErrors.Removing(entry.Record.Name);
            case ContainerState.Dead:
                throw ContainerErrors.Dead(entry.Record.Name);
            default:
                // From here on a caller that goes away stops nothing: a start takes milliseconds, and ends as a whole.
                await _run.StartAsync(entry).ConfigureAwait(false);
                return false;
        }
    }
}
