using System.Runtime.CompilerServices;
using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Records;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>
/// Removes the images that no container uses: those without a reference by tag, or all of them. An image by digest alone
/// has no tag, and goes as Docker's prune has it.
/// </summary>
public sealed partial class PruneImages
{
    private readonly ImageTable _table;
    private readonly ImageRemover _remover;
    private readonly ContentHolds _holds;
    private readonly ContentUsage _usage;
    private readonly IImageUsers _users;
    private readonly EventStream _events;
    private readonly ILogger<PruneImages> _logger;

    internal PruneImages(
        ImageTable table, ImageRemover remover, ContentHolds holds, ContentUsage usage, IImageUsers users,
        EventStream events, ILogger<PruneImages> logger)
    {
        _table = table;
        _remover = remover;
        _holds = holds;
        _usage = usage;
        _users = users;
        _events = events;
        _logger = logger;
    }

    /// <summary>Prunes.</summary>
    /// <param name="prune">Which images to remove, or to tell of.</param>
    /// <param name="cancellationToken">Ends the work between two images; those that were told are gone.</param>
    /// <returns>Each image when it is removed, the newest first. Of a dry run, what the real one would give.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidFilter"/>.</exception>
    public IAsyncEnumerable<PrunedItem> HandleAsync(ImagePrune prune, CancellationToken cancellationToken)
    {
        foreach (var label in prune.Labels.Where(label => label.TrimStart('!') is "" or ['=', ..]))
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidFilter,
                $"The filter for labels has '{label}': give key, key=value, or one of them with a leading '!'.", label);
        }

        return RunAsync(prune, cancellationToken);
    }

    private async IAsyncEnumerable<PrunedItem> RunAsync(
        ImagePrune prune, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var candidates = _table.ReadAll((id, error) => Damaged(_logger, id, error))
            .Where(image => IsUnused(image, prune))
            .OrderByDescending(image => image.Config.Created ?? DateTimeOffset.MinValue)
            .ThenBy(image => image.Id, StringComparer.Ordinal)
            .ToList();
        var freed = prune.DryRun ? _usage.BytesFreedBy([.. candidates.Select(image => image.Id)]) : null;
        foreach (var candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = freed is not null
                ? freed[candidate.Id]
                // Removing a large layer takes seconds, and must not keep the caller's thread.
                : await Task.Run(() => Remove(candidate.Id, prune), CancellationToken.None).ConfigureAwait(false);
            if (bytes is { } reclaimed)
            {
                yield return new PrunedItem
                {
                    Kind = PrunedKind.Image,
                    Id = candidate.Id,
                    Name = candidate.References.Concat(candidate.Digests).Select(ImageView.Familiar).FirstOrDefault("")!,
                    SpaceReclaimed = reclaimed,
                };
            }
        }
    }

    /// <summary>Null when the image was given a name or a container since it was chosen.</summary>
    private long? Remove(string id, ImagePrune prune)
    {
        StoredImage image;
        IReadOnlyList<(ContentKind Kind, string Id)> content;
        lock (_holds.Gate)
        {
            if (_table.Find(id) is not { } now || !IsUnused(now, prune))
            {
                return null;
            }

            image = now;
            content = _remover.Remove([.. now.References.Select(reference => (reference, now))], [now]);
        }

        foreach (var reference in image.References.Concat(image.Digests))
        {
            _events.PublishImage("untag", image, reference);
        }

        _events.PublishImage("delete", image, null);
        var bytes = _remover.Collect([id], content).Bytes;
        Pruned(_logger, id, bytes);
        return bytes;
    }

    private bool IsUnused(StoredImage image, ImagePrune prune)
    {
        var labels = image.Config.Config?.Labels ?? new Dictionary<string, string>();
        return !image.Removed
            && (prune.All || image.References.Count == 0)
            && (prune.Until is not { } until || (image.Config.Created ?? DateTimeOffset.MinValue) < until)
            && prune.Labels.All(label => LabelMatch.MatchesOrNot(labels, label))
            && _users.UsersOf(image.Id).Count == 0
            && !_holds.IsHeld(ContentKind.Image, image.Id);
    }
}
