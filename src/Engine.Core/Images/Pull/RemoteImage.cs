using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Pull;

/// <summary>The manifest that a reference came to at a registry.</summary>
/// <param name="Manifest">The manifest for the platform that was wanted.</param>
/// <param name="Served">The digest of what the reference names: the manifest's, or that of the index that led to
/// it.</param>
/// <param name="Documents">The manifest and the indexes on the way to it, as they came.</param>
/// <param name="IsChosen">True when an index named it for its platform; false when it is all there is.</param>
internal sealed record RemoteImage(
    Document<ImageManifest> Manifest, Digest Served, IReadOnlyList<ReadOnlyMemory<byte>> Documents, bool IsChosen);
