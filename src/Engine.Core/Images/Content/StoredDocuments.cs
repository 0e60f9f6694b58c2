using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Content;

/// <summary>Reads the documents of images out of the store, as they came.</summary>
internal sealed class StoredDocuments(BlobStore blobs, ImageTable images)
{
    /// <summary>An image's manifest.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ContentMissing"/>.</exception>
    public Document<ImageManifest> ManifestOf(StoredImage image) =>
        ImageDocuments.ReadManifest(Read(image.Manifest, image.Id));

    /// <summary>An image's configuration.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ContentMissing"/>.</exception>
    public Document<ImageConfig> ConfigOf(StoredImage image) =>
        ImageDocuments.ReadConfig(images.RawConfig(image.Id) ?? Read(Digest.Parse(image.Id), image.Id));

    /// <summary>
    /// The index that several images came in together; null when there is none, or it does not list all of them.
    /// </summary>
    public Document<ImageIndex>? IndexOf(IReadOnlyList<StoredImage> together)
    {
        var common = together.Select(image => images.BlobsOf(image.Id).ToHashSet(StringComparer.Ordinal))
            .Aggregate((one, other) =>
            {
                one.IntersectWith(other);
                return one;
            });
        foreach (var digest in common.Select(Digest.Parse))
        {
            // Layers that the images share are no documents; most are too large to be one.
            if (blobs.SizeOf(digest) is > 0 and <= ImageDocuments.MaxManifestSize
                && TryReadIndex(Read(digest, together[0].Id)) is { } index
                && together.All(image => index.Value.Manifests.Any(entry => entry.Digest == image.Manifest)))
            {
                return index;
            }
        }

        return null;
    }

    /// <summary>A document's bytes; null when it is not here whole, or larger than a document may be.</summary>
    /// <param name="digest">Which; what is read has it.</param>
    /// <param name="limit">The most bytes.</param>
    public byte[]? TryRead(Digest digest, int limit)
    {
        if (digest.Algorithm != DigestAlgorithm.Sha256 || blobs.SizeOf(digest) is not { } size || size == 0 || size > limit)
        {
            return null;
        }

        using var file = blobs.OpenRead(digest);
        var raw = new byte[size];
        file.ReadExactly(raw);
        return Digest.Compute(raw) == digest ? raw : null;
    }

    private static Document<ImageIndex>? TryReadIndex(byte[] raw)
    {
        try
        {
            return raw[0] == (byte)'{' && ImageDocuments.Detect(raw) == DocumentKind.Index
                ? ImageDocuments.ReadIndex(raw)
                : null;
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private byte[] Read(Digest digest, string imageId) =>
        TryRead(digest, ImageDocuments.MaxConfigSize) ?? throw ImageErrors.ContentMissing(imageId, digest);
}
