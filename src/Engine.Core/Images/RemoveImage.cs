using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Records;
using Engine.Oci.Platforms;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>
/// Takes a reference from an image, and removes the image with its last one (image-formats, section 10:
/// Docker's rules).
/// </summary>
public sealed partial class RemoveImage
{
    private readonly ImageResolver _resolver;
    private readonly ImageRemover _remover;
    private readonly ContentHolds _holds;
    private readonly IImageUsers _users;
    private readonly EventStream _events;
    private readonly ILogger<RemoveImage> _logger;

    internal RemoveImage(
        ImageResolver resolver, ImageRemover remover, ContentHolds holds, IImageUsers users, EventStream events,
        ILogger<RemoveImage> logger)
    {
        _resolver = resolver;
        _remover = remover;
        _holds = holds;
        _users = users;
        _events = events;
        _logger = logger;
    }

    /// <summary>Removes an image, or one of its references.</summary>
    /// <param name="reference">
    /// A reference by tag loses its image, which goes too when it has no other and no container uses it. An id, a
    /// prefix of one, or a reference by digest means the image itself, with all its references.
    /// </param>
    /// <param name="force">True to remove an image of several references, or of stopped containers.</param>
    /// <param name="noPrune">
    /// True to keep the images that this one was made of even if they have no name and nothing else needs them.
    /// </param>
    /// <param name="platform">
    /// Of a reference that names images of several platforms, only this one, exactly; null for all of them.
    /// </param>
    /// <param name="cancellationToken">Looked at before anything is changed.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ImageInUse"/>, <see cref="EngineErrorReason.ImageNotFound"/>,
    /// <see cref="EngineErrorReason.AmbiguousImageId"/>, <see cref="EngineErrorReason.InvalidReference"/>,
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.InvalidPlatform"/>.
    /// </exception>
    public Task<ImageRemoval> HandleAsync(
        string reference, bool force, bool noPrune, string? platform, CancellationToken cancellationToken) =>
        // Removing a large layer takes seconds, and must not keep the caller's thread.
        Task.Run(
            () => Remove(reference, force, noPrune, platform is null ? null : Platform.Parse(platform)),
            cancellationToken);

    private ImageRemoval Remove(string text, bool force, bool noPrune, Platform? platform)
    {
        IReadOnlyList<(string Reference, StoredImage Image)> untagged;
        IReadOnlyList<StoredImage> unused;
        IReadOnlyList<(ContentKind Kind, string Id)> content;
        lock (_holds.Gate)
        {
            var (named, name) = _resolver.ResolveAll(text);
            var images = platform is null ? named : Only(platform, text, named);
            unused = name is null ? Whole(text, images, force) : WithoutReference(text, images, force);
            untagged = name is null
                ? [.. images.SelectMany(
                    image => image.References.Concat(image.Digests).Select(reference => (reference, image)))]
                : [
                    .. images.Select(image => (name, image)),
                    .. unused.SelectMany(image => image.Digests.Select(digest => (digest, image))),
                ];
            unused = noPrune ? unused : [.. unused, .. _remover.ParentsOf(unused)];
            content = _remover.Remove(untagged, unused);
        }

        Publish(untagged, unused);
        var outcome = _remover.Collect([.. unused.Select(image => image.Id)], content);
        Removed(_logger, text, untagged.Count, unused.Count, outcome.Bytes);
        return new ImageRemoval
        {
            Untagged = [.. untagged.Select(tag => ImageView.Familiar(tag.Reference)).Distinct(StringComparer.Ordinal)],
            Deleted = outcome.Deleted,
            SpaceReclaimed = outcome.Bytes,
        };
    }

    private static List<StoredImage> Only(Platform wanted, string text, IReadOnlyList<StoredImage> images)
    {
        var only = images.Where(
            image => PlatformRanking.Rank(wanted, image.Config.Platform, strict: true) is not null).ToList();
        return only.Count > 0
            ? only
            : throw ImageErrors.NoSuchPlatform(text, wanted, images.Select(image => image.Config.Platform));
    }

    /// <summary>An image named by what is its own: it goes altogether.</summary>
    private IReadOnlyList<StoredImage> Whole(string text, IReadOnlyList<StoredImage> images, bool force)
    {
        foreach (var image in images)
        {
            Check(text, image, force, runningToo: true);
            if (image.References.Count > 1 && !force)
            {
                throw ImageErrors.SeveralReferences(text, [.. image.References.Select(ImageView.Familiar)]);
            }
        }

        return images;
    }

    /// <summary>The images that have no reference when this one is taken from them.</summary>
    private IReadOnlyList<StoredImage> WithoutReference(string text, IReadOnlyList<StoredImage> images, bool force)
    {
        var last = images.Where(image => image.References.Count == 1).ToList();
        foreach (var image in last)
        {
            // By force the reference goes even if a container runs; the image then stays, without a name.
            Check(text, image, force, runningToo: false);
        }

        return [.. last.Where(image => !IsInUse(image))];
    }

    private void Check(string text, StoredImage image, bool force, bool runningToo)
    {
        var users = _users.UsersOf(image.Id);
        var user = users.FirstOrDefault(user => user.Running) ?? (users.Count > 0 ? users[0] : null);
        if (user is not null && (!force || (user.Running && runningToo)))
        {
            throw ImageErrors.UsedByContainer(text, user);
        }

        if (_holds.IsHeld(ContentKind.Image, image.Id) && (!force || runningToo))
        {
            throw ImageErrors.BeingUsed(text);
        }
    }

    private bool IsInUse(StoredImage image) =>
        _users.UsersOf(image.Id).Any(user => user.Running) || _holds.IsHeld(ContentKind.Image, image.Id);

    private void Publish(
        IReadOnlyList<(string Reference, StoredImage Image)> untagged, IReadOnlyList<StoredImage> deleted)
    {
        foreach (var (reference, image) in untagged)
        {
            _events.PublishImage("untag", image, reference);
        }

        foreach (var image in deleted)
        {
            _events.PublishImage("delete", image, null);
        }
    }
}
