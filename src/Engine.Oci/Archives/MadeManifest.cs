using Engine.Oci.Compression;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Oci.Archives;

/// <summary>Makes the manifest of an image that came without one: docker save keeps none.</summary>
internal static class MadeManifest
{
    public static ArchiveImage Image(
        Document<ImageConfig> config, IReadOnlyList<ArchiveFile> layers, IReadOnlyList<ImageReference> references)
    {
        ManifestImage.RequireAsMany(layers.Count, config);
        Descriptor[] descriptors = [.. layers.Select(Describe)];
        var manifest = new ImageManifest
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciManifest,
            Config = config.Describe(MediaTypes.OciConfig),
            Layers = descriptors,
        };
        return new ArchiveImage
        {
            References = references,
            Tags = [],
            Manifest = ImageDocuments.Write(manifest),
            IsManifestMade = true,
            Config = config,
            Layers = [.. layers.Select(
                (layer, i) => new ArchiveLayer(descriptors[i], layer.Spooled!, config.Value.RootFs.DiffIds[i]))],
        };
    }

    // xz and bzip2 have no media type: such a layer can be unpacked, and is compressed anew before it is pushed.
    private static Descriptor Describe(ArchiveFile layer) => new()
    {
        MediaType = layer.Compression switch
        {
            CompressionKind.Gzip => MediaTypes.OciLayerGzip,
            CompressionKind.Zstd => MediaTypes.OciLayerZstd,
            _ => MediaTypes.OciLayer,
        },
        Digest = layer.Spooled!.Digest,
        Size = layer.Spooled.Size,
    };
}
