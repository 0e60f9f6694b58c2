using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Records;

/// <summary>An image whose layers are unpacked and whose blobs are kept: all that its rows need.</summary>
/// <param name="Config">The configuration; its digest is the image's id.</param>
/// <param name="Manifest">The digest of the manifest.</param>
/// <param name="Blobs">Every blob that belongs to it: configuration, manifest, layers, and the index it came
/// in.</param>
/// <param name="Chain">The chain ids of its layers, the lowest first.</param>
internal sealed record NewImage(
    Document<ImageConfig> Config, Digest Manifest, IReadOnlyCollection<Digest> Blobs, IReadOnlyList<Digest> Chain)
{
    public string Id => Config.Digest.ToString();

    /// <summary>The id of the image that it was made of on this engine; null when it came from elsewhere.</summary>
    public string? Parent { get; init; }

    /// <summary>
    /// True when a registry served it: its manifest is then the one to push again, also of an image that is known.
    /// </summary>
    public bool IsFromRegistry { get; init; }
}
