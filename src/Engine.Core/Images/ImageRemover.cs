using Engine.Core.Images.Content;
using Engine.Core.Images.Records;

namespace Engine.Core.Images;

/// <summary>Takes images out of the database, and off the disk what nothing else needs.</summary>
internal sealed class ImageRemover(ImageTable images, ContentHolds holds, ContentCollector collector, IImageUsers users)
{
    /// <summary>What a removal came to on disk.</summary>
    /// <param name="Deleted">The ids of images and the digests of layers and blobs that are gone.</param>
    /// <param name="Bytes">The bytes that they took.</param>
    internal sealed record Outcome(IReadOnlyList<string> Deleted, long Bytes);

    /// <summary>
    /// Takes references away and removes images, in one transaction. Images that stopped containers use become hidden:
    /// their layers stay until the last of these containers is removed. The caller holds
    /// <see cref="ContentHolds.Gate"/>.
    /// </summary>
    /// <returns>What to hand to <see cref="Collect"/>, once the gate is open.</returns>
    public IReadOnlyList<(ContentKind Kind, string Id)> Remove(
        IReadOnlyList<(string Reference, StoredImage Image)> references, IReadOnlyList<StoredImage> unused)
    {
        var hide = unused.Where(image => users.UsersOf(image.Id).Count > 0).Select(image => image.Id).ToList();
        var delete = unused.Select(image => image.Id).Except(hide).ToList();
        var content = delete.SelectMany(ContentOf).ToList();
        images.Remove(references.Select(tag => (tag.Reference, tag.Image.Id)), hide, delete);
        return content;
    }

    /// <summary>
    /// The images that these were made of, and that nothing needs once these are gone: without a name, a container or
    /// another child (image-formats, section 10). The caller holds <see cref="ContentHolds.Gate"/>.
    /// </summary>
    public IReadOnlyList<StoredImage> ParentsOf(IReadOnlyList<StoredImage> unused)
    {
        var going = unused.Where(image => users.UsersOf(image.Id).Count == 0).ToDictionary(image => image.Id);
        var parents = new List<StoredImage>();
        var next = new Queue<StoredImage>(going.Values);
        while (next.TryDequeue(out var child))
        {
            if (child.Parent is { } id && !going.ContainsKey(id) && images.Find(id) is { Removed: false } parent
                && parent.References.Count == 0 && parent.Digests.Count == 0 && users.UsersOf(id).Count == 0
                && !holds.IsHeld(ContentKind.Image, id) && images.ChildrenOf(id).All(going.ContainsKey))
            {
                going.Add(id, parent);
                parents.Add(parent);
                next.Enqueue(parent);
            }
        }

        return parents;
    }

    /// <summary>
    /// Removes an image whose row cannot be read, and that no container uses. The caller holds
    /// <see cref="ContentHolds.Gate"/>.
    /// </summary>
    /// <returns>What to hand to <see cref="Collect"/>, once the gate is open.</returns>
    public IReadOnlyList<(ContentKind Kind, string Id)> RemoveUnreadable(string imageId)
    {
        List<(ContentKind Kind, string Id)> content = [.. ContentOf(imageId)];
        images.Remove([], [], [imageId]);
        return content;
    }

    /// <summary>Removes what nothing needs any more.</summary>
    public Outcome Collect(IReadOnlyList<string> imageIds, IReadOnlyList<(ContentKind Kind, string Id)> content)
    {
        var (gone, bytes) = collector.Collect(content);
        // An image has the digest of its configuration, and a lowest layer that came uncompressed that of its blob: what
        // is gone is told once.
        return new Outcome([.. imageIds.Concat(gone).Distinct(StringComparer.Ordinal)], bytes);
    }

    /// <summary>Removes an image that was removed by force before, when its last container is gone.</summary>
    public void PurgeIfUnused(string imageId)
    {
        IReadOnlyList<(ContentKind Kind, string Id)> content;
        lock (holds.Gate)
        {
            if (images.Find(imageId) is not { Removed: true } || users.UsersOf(imageId).Count > 0
                || holds.IsHeld(ContentKind.Image, imageId))
            {
                return;
            }

            content = [.. ContentOf(imageId)];
            images.Remove([], [], [imageId]);
        }

        collector.Collect(content);
    }

    private IEnumerable<(ContentKind Kind, string Id)> ContentOf(string imageId) =>
        images.LayersOf(imageId).Select(id => (ContentKind.Layer, id))
            .Concat(images.BlobsOf(imageId).Select(digest => (ContentKind.Blob, digest)));
}
