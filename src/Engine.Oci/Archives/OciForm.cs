using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>
/// Brings Docker's manifests to the form of OCI: skopeo and umoci find no other in a layout. The blobs stay what they
/// are, and so does the image's id; the manifest, and with it its digest, is another.
/// </summary>
internal static class OciForm
{
    public static Document<ImageManifest> Of(Document<ImageManifest> manifest) =>
        manifest.Value.MediaType is not MediaTypes.DockerManifest
            ? manifest
            : ImageDocuments.Write(manifest.Value with
            {
                MediaType = MediaTypes.OciManifest,
                Config = manifest.Value.Config with { MediaType = Of(manifest.Value.Config.MediaType) },
                Layers = [.. manifest.Value.Layers.Select(layer => layer with { MediaType = Of(layer.MediaType) })],
            });

    private static string Of(string mediaType) => mediaType switch
    {
        MediaTypes.DockerConfig => MediaTypes.OciConfig,
        MediaTypes.DockerLayer => MediaTypes.OciLayer,
        MediaTypes.DockerLayerGzip => MediaTypes.OciLayerGzip,
        MediaTypes.DockerLayerZstd => MediaTypes.OciLayerZstd,
        _ when MediaTypes.IsForeignLayer(mediaType) =>
            MediaTypes.OciForeignLayer + (mediaType.EndsWith(".gzip", StringComparison.Ordinal) ? "+gzip" : ""),
        _ => mediaType,
    };
}
