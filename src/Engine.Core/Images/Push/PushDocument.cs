using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Push;

/// <summary>A manifest or an index that is to be pushed, with the bytes that it has here.</summary>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="MediaType">What it says that it is.</param>
/// <param name="Raw">Its bytes.</param>
/// <param name="Content">The blobs that it refers to: configuration and layers; of an index none.</param>
internal sealed record PushDocument(
    Digest Digest, string MediaType, ReadOnlyMemory<byte> Raw, IReadOnlyList<Descriptor> Content)
{
    public static PushDocument Of(Document<ImageManifest> manifest) => new(
        manifest.Digest, manifest.Value.MediaType ?? MediaTypes.OciManifest, manifest.Raw,
        [.. manifest.Value.Layers.Append(manifest.Value.Config)]);

    public static PushDocument Of(Document<ImageIndex> index) =>
        new(index.Digest, index.Value.MediaType ?? MediaTypes.OciIndex, index.Raw, []);
}
