namespace Engine.Core.Containers;

/// <summary>Tells everything about one container.</summary>
public sealed class GetContainer
{
    private readonly ContainerStore _store;
    private readonly ContainerView _view;
    private readonly ContainerSizes _sizes;

    internal GetContainer(ContainerStore store, ContainerView view, ContainerSizes sizes)
    {
        _store = store;
        _view = view;
        _sizes = sizes;
    }

    /// <summary>Finds a container.</summary>
    /// <param name="reference">Its name, id, or a prefix of its id.</param>
    /// <param name="size">True to also measure what it holds on disk.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerNotFound"/>, <see cref="EngineErrorReason.AmbiguousContainerId"/>.
    /// </exception>
    public async Task<Container> HandleAsync(string reference, bool size, CancellationToken cancellationToken)
    {
        var record = _store.Resolve(reference).Record;
        var container = _view.Of(record);
        return size ? await _sizes.MeasureAsync(container, record, cancellationToken).ConfigureAwait(false) : container;
    }
}
