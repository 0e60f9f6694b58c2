using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Oci.Archives;

/// <summary>What one name of an archive leads to.</summary>
/// <param name="Reference">The name, with a tag; null for an image that was asked for by its id.</param>
/// <param name="Images">
/// The images, one for each platform, and at least one; first the one that readers get who know no platforms.
/// </param>
/// <param name="Index">
/// The index that the images came in, to be handed on as it is; null to have one made where there are several images.
/// </param>
public sealed record SavedName(
    ImageReference? Reference, IReadOnlyList<SavedImage> Images, Document<ImageIndex>? Index = null);
