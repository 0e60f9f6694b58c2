namespace Engine.Core.Containers;

/// <summary>Waits until a container is in a state, or has ended, or is gone.</summary>
public sealed class WaitForContainer
{
    private readonly ContainerStore _store;

    internal WaitForContainer(ContainerStore store) => _store = store;

    /// <summary>
    /// Puts a wait in place. What happens after this call has returned is not missed, so that a caller can wait for the
    /// next exit first and start the container then.
    /// </summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ContainerNotFound"/>.</exception>
    public ContainerWait Begin(string reference, ContainerWaitCondition condition)
    {
        var entry = _store.Resolve(reference);
        return entry.Wait(condition);
    }
}
