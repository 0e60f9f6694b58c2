using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>An image for one platform that is written to an archive.</summary>
/// <param name="Manifest">Its manifest; what it lists is written with it.</param>
/// <param name="Config">Its configuration.</param>
public sealed record SavedImage(Document<ImageManifest> Manifest, Document<ImageConfig> Config);
