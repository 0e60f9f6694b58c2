using Engine.Core.Containers.Lifecycle;

namespace Engine.Core.Containers;

/// <summary>Removes a container and all that it wrote.</summary>
public sealed class RemoveContainer
{
    private readonly ContainerStore _store;
    private readonly ContainerRemoval _removal;
    private readonly StopContainer _stop;

    internal RemoveContainer(ContainerStore store, ContainerRemoval removal, StopContainer stop)
    {
        _store = store;
        _removal = removal;
        _stop = stop;
    }

    /// <summary>Removes a container. Once begun, the removal ends as a whole, whether the caller stays or not.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="force">True to kill it first if it runs.</param>
    /// <param name="cancellationToken">Ends the wait for another operation on the same container.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerRunning"/> without <paramref name="force"/>,
    /// <see cref="EngineErrorReason.ContainerRemoving"/> while another call removes it.
    /// </exception>
    public async Task HandleAsync(string reference, bool force, CancellationToken cancellationToken)
    {
        var entry = _store.Resolve(reference);
        while (true)
        {
            if (entry.Record.State == ContainerState.Removing)
            {
                throw ContainerErrors.Removing(entry.Record.Name);
            }

            ContainerWait stopped;
            using (await entry.LockAsync(cancellationToken).ConfigureAwait(false))
            {
                var record = entry.Record;
                if (!record.IsActive)
                {
                    await _removal.RemoveAsync(entry).ConfigureAwait(false);
                    return;
                }

                if (!force)
                {
                    throw new EngineException(
                        EngineErrorCode.Conflict, EngineErrorReason.ContainerRunning,
                        $"Container '{record.Name}' is {(record.State == ContainerState.Paused ? "paused" : "running")}. Stop it first, or use -Force to kill and remove it.",
                        record.Name);
                }

                stopped = entry.Wait(ContainerWaitCondition.NotRunning);
            }

            // The end of a container is recorded under its lock: it is waited for without. An AutoRemove container may
            // be gone after it, which is what was asked for.
            using (entry.KeepAfterExit())
            {
                await _stop.KillAsync(entry, stopped).ConfigureAwait(false);
            }
        }
    }
}
