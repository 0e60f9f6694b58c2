using Engine.Core.Images.Records;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Core.Images.Push;

/// <summary>Everything that one reference comes to at its registry.</summary>
/// <param name="Reference">The reference, with a tag.</param>
/// <param name="Images">The images that it names here.</param>
/// <param name="Documents">Manifests and indexes, each after those that it lists; the last gets the tag.</param>
internal sealed record PushPlan(
    ImageReference Reference, IReadOnlyList<StoredImage> Images, IReadOnlyList<PushDocument> Documents)
{
    /// <summary>What the tag names.</summary>
    public PushDocument Top => Documents[^1];

    /// <summary>The blobs to be there before the documents are, each once.</summary>
    public IReadOnlyList<Descriptor> Blobs { get; } =
        [.. Documents.SelectMany(document => document.Content).DistinctBy(blob => blob.Digest)];

    /// <summary>The bytes of all of it.</summary>
    public long Size => Blobs.Sum(blob => blob.Size)
        + Documents.DistinctBy(document => document.Digest).Sum(document => document.Raw.Length);
}
