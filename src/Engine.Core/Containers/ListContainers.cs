using System.Runtime.CompilerServices;
using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>Lists containers, the newest first.</summary>
public sealed class ListContainers
{
    private readonly ContainerStore _store;
    private readonly ContainerView _view;
    private readonly ContainerSizes _sizes;

    internal ListContainers(ContainerStore store, ContainerView view, ContainerSizes sizes)
    {
        _store = store;
        _view = view;
        _sizes = sizes;
    }

    /// <summary>Lists the containers that a filter lets through.</summary>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidFilter"/>, or <see cref="EngineErrorReason.ContainerNotFound"/> for a
    /// container that the filter counts from.
    /// </exception>
    public IAsyncEnumerable<Container> HandleAsync(ContainerFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Last < 0)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidFilter,
                $"Last: {filter.Last} is not a number of containers.");
        }

        // What is wrong with the filter is said now, not when the first container is asked for.
        var before = filter.Before is null ? null : _store.Resolve(filter.Before).Record;
        var since = filter.Since is null ? null : _store.Resolve(filter.Since).Record;
        var images = ImageMatch.For(filter.Images);
        var records = _store.All.Select(static entry => entry.Record)
            .Where(record => Matches(filter, record)
                && (before is null || record.CreatedAt < before.CreatedAt)
                && (since is null || record.CreatedAt > since.CreatedAt)
                && (images is null || images(record)))
            .OrderByDescending(static record => record.CreatedAt)
            .ThenBy(static record => record.Id, StringComparer.Ordinal)
            .Take(filter.Last ?? int.MaxValue)
            .ToList();
        return ViewAsync(records, filter.Size, cancellationToken);
    }

    private async IAsyncEnumerable<Container> ViewAsync(
        IReadOnlyList<ContainerRecord> records, bool size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var container = _view.Of(record);
            yield return size
                ? await _sizes.MeasureAsync(container, record, cancellationToken).ConfigureAwait(false)
                : container;
        }
    }

    private static bool Matches(ContainerFilter filter, ContainerRecord record) =>
        (filter.Ids.Count == 0 || filter.Ids.Any(id => id.Length > 0 && record.Id.StartsWith(id, StringComparison.Ordinal)))
        && (filter.Names.Count == 0 || filter.Names.Contains(record.Name, StringComparer.Ordinal))
        && (filter.States.Count == 0 || filter.States.Contains(record.State))
        && filter.Labels.All(label => LabelMatch.Matches(record.Configuration.Labels, label))
        && (filter.ExitCodes.Count == 0
            || (record.State == ContainerState.Exited && record.ExitCode is { } code && filter.ExitCodes.Contains(code)));
}
