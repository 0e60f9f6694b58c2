using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Linux;
using Engine.Oci;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images.Content;

/// <summary>Removes blobs and layers that neither an image nor running work needs.</summary>
internal sealed partial class ContentCollector(
    ContentHolds holds, ImageTable images, LayerTable layers, BlobStore blobs, LayerDirectories directories,
    ILogger<ContentCollector> logger)
{
    /// <summary>Collects those of these that nothing needs any more.</summary>
    /// <returns>What is gone, and the bytes of disk that it took.</returns>
    public (IReadOnlyList<string> Gone, long Bytes) Collect(IEnumerable<(ContentKind Kind, string Id)> candidates)
    {
        var gone = new List<string>();
        var bytes = 0L;
        foreach (var (kind, id) in candidates)
        {
            try
            {
                if (CollectOne(kind, id) is { } freed)
                {
                    gone.Add(id);
                    bytes += freed;
                }
            }
            catch (Exception error) when (error is EngineException or LinuxException or IOException)
            {
                // What cannot be removed now has no row, so the next start removes it; the caller's work is done.
                CannotCollect(logger, kind, id, error);
            }
        }

        return (gone, bytes);
    }

    private long? CollectOne(ContentKind kind, string id)
    {
        string? doomed;
        long size;
        lock (holds.Gate)
        {
            if (holds.IsHeld(kind, id))
            {
                return null;
            }

            if (kind == ContentKind.Blob)
            {
                return images.IsBlobUsed(id) ? null : blobs.Delete(Digest.Parse(id));
            }

            if (layers.DeleteUnused(id) is not { } known)
            {
                return null;
            }

            // Only the name is taken away under the gate; a large tree takes seconds to remove.
            size = known;
            doomed = directories.Detach(Digest.Parse(id));
        }

        if (doomed is not null)
        {
            directories.Remove(doomed);
        }

        return size;
    }
}
