using Engine.Oci;
using Engine.Oci.Compression;

namespace Engine.Core.Images.Import;

/// <summary>What a layer is called in a manifest that the engine writes.</summary>
internal static class LayerMediaType
{
    /// <summary>
    /// The type for a layer that is kept as it came. For bzip2 and xz there is none (image-spec, layer.md): readers
    /// look
    /// at the first bytes, so the type of the plain tar is the least wrong.
    /// </summary>
    public static string Of(CompressionKind compression) => compression switch
    {
        CompressionKind.Gzip => MediaTypes.OciLayerGzip,
        CompressionKind.Zstd => MediaTypes.OciLayerZstd,
        _ => MediaTypes.OciLayer,
    };
}
