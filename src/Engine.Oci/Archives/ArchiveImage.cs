using Engine.Oci.Documents;
using Engine.Oci.Platforms;
using Engine.Oci.References;

namespace Engine.Oci.Archives;

/// <summary>
/// An image in an archive, for one platform; complete, and checked as far as that goes without unpacking.
/// </summary>
public sealed record ArchiveImage
{
    /// <summary>The names that the archive gives it; none for an image that was saved by its id.</summary>
    public required IReadOnlyList<ImageReference> References { get; init; }

    /// <summary>
    /// Names that are tags alone (<c>latest</c>), as layouts have them: of which repository, the archive does not say.
    /// </summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The manifest: the archive's own, or one that was made for an image which came without.</summary>
    public required Document<ImageManifest> Manifest { get; init; }

    /// <summary>Whether the manifest was made here: then it is in no spool yet.</summary>
    public required bool IsManifestMade { get; init; }

    /// <summary>
    /// The digest of the outermost index that it came in, beside the same image for other platforms; or null.
    /// </summary>
    public Digest? Index { get; init; }

    /// <summary>The configuration.</summary>
    public required Document<ImageConfig> Config { get; init; }

    /// <summary>The layers, the base first.</summary>
    public required IReadOnlyList<ArchiveLayer> Layers { get; init; }

    /// <summary>The platform that it is for, in its usual spelling.</summary>
    public Platform Platform => Config.Value.Platform.Normalized;
}
