namespace Engine.Oci.Archives;

/// <summary>What an archive holds.</summary>
/// <param name="Kind">What the archive is.</param>
/// <param name="Images">The images, one for each platform; never none.</param>
/// <param name="Missing">
/// Manifests that an index lists and whose content is not in the archive: docker saves the index of an image whole, and
/// the content of the platforms that it has.
/// </param>
public sealed record ArchiveContents(
    ArchiveKind Kind, IReadOnlyList<ArchiveImage> Images, IReadOnlyList<Digest> Missing);
