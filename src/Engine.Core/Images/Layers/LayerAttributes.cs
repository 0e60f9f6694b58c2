namespace Engine.Core.Images.Layers;

/// <summary>
/// The extended attributes that overlayfs keeps its own marks in (Documentation/filesystems/overlayfs.rst).
/// </summary>
internal static class LayerAttributes
{
    public static ReadOnlySpan<byte> Opaque => "trusted.overlay.opaque"u8;

    /// <summary>
    /// True for marks of overlayfs. An image never brings its own: a redirect or an origin that somebody made up would
    /// show files that the layers do not have.
    /// </summary>
    public static bool IsOverlays(ReadOnlySpan<byte> name) =>
        name.StartsWith("trusted.overlay."u8) || name.StartsWith("user.overlay."u8);
}
