using Engine.Core.Images.Content;
using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Core.Images.Push;

/// <summary>
/// Finds out what to push: the bytes that were pulled or imported, so that the registry has the same digests. The index
/// that an image came in goes with it when all that it lists is here; several images without such an index get a new
/// one.
/// </summary>
internal sealed class PushPlanner(BlobStore blobs, StoredDocuments stored)
{
    // As a pull follows no more.
    private const int MaxDepth = 4;

    /// <summary>Plans the push of a reference.</summary>
    /// <param name="reference">Where to.</param>
    /// <param name="images">What it names; at least one.</param>
    /// <param name="whole">False when only a part of what the reference names was asked for.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ContentMissing"/>.</exception>
    public PushPlan Plan(ImageReference reference, IReadOnlyList<StoredImage> images, bool whole)
    {
        if (whole && OriginalIndex(reference, images) is { } original)
        {
            return new PushPlan(reference, images, original);
        }

        var manifests = images.Select(stored.ManifestOf).ToList();
        List<PushDocument> documents = [.. manifests.Select(PushDocument.Of)];
        if (images.Count > 1)
        {
            documents.Add(PushDocument.Of(NewIndex(images, manifests)));
        }

        return documents.SelectMany(document => document.Content).FirstOrDefault(blob => !IsThere(blob)) is { } missing
            ? throw ImageErrors.ContentMissing(reference.Familiar, missing.Digest)
            : new PushPlan(reference, images, documents);
    }

    /// <summary>The index that all the images came in, after all that it lists; null when there is none.</summary>
    private List<PushDocument>? OriginalIndex(ImageReference reference, IReadOnlyList<StoredImage> images)
    {
        var served = images
            .Select(image => image.Digests.Select(text => ImageReference.Parse(text)))
            .Aggregate((common, next) => common.IntersectBy(next.Select(other => other.Digest), one => one.Digest))
            .OrderByDescending(one => one.Repository == reference.Repository)
            .Select(one => one.Digest!).Distinct();
        foreach (var digest in served)
        {
            var documents = new List<PushDocument>();
            if (TryRead(digest) is { } raw && ImageDocuments.Detect(raw) == DocumentKind.Index
                && TryCollect(raw, documents, 1)
                && images.All(image => documents.Any(document => document.Digest == image.Manifest)))
            {
                return documents;
            }
        }

        return null;
    }

    private bool TryCollect(ReadOnlyMemory<byte> raw, List<PushDocument> documents, int depth)
    {
        if (ImageDocuments.Detect(raw) == DocumentKind.Manifest)
        {
            var manifest = PushDocument.Of(ImageDocuments.ReadManifest(raw));
            documents.Add(manifest);
            return manifest.Content.All(IsThere);
        }

        var index = ImageDocuments.ReadIndex(raw);
        if (depth > MaxDepth || !index.Value.Manifests.All(
            entry => TryRead(entry.Digest) is { } listed && TryCollect(listed, documents, depth + 1)))
        {
            return false;
        }

        documents.Add(PushDocument.Of(index));
        return true;
    }

    private static Document<ImageIndex> NewIndex(
        IReadOnlyList<StoredImage> images, List<Document<ImageManifest>> manifests)
    {
        var documents = manifests.Select(PushDocument.Of).ToList();
        var docker = documents.All(document => document.MediaType == MediaTypes.DockerManifest);
        return ImageDocuments.Write(new ImageIndex
        {
            SchemaVersion = 2,
            MediaType = docker ? MediaTypes.DockerManifestList : MediaTypes.OciIndex,
            Manifests =
            [
                .. images.Select((image, position) => manifests[position].Describe(documents[position].MediaType) with
                {
                    Platform = image.Config.Platform,
                }),
            ],
        });
    }

    private byte[]? TryRead(Digest digest) => stored.TryRead(digest, ImageDocuments.MaxManifestSize);

    private bool IsThere(Descriptor blob) =>
        blobs.SizeOf(blob.Digest) == blob.Size || IsElsewhere(blob);

    // A layer that is no registry's need not be sent: its URLs are part of the manifest.
    private static bool IsElsewhere(Descriptor blob) =>
        MediaTypes.IsForeignLayer(blob.MediaType) && blob.Urls is { Count: > 0 };
}
