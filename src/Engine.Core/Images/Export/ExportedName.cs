using Engine.Core.Images.Records;

namespace Engine.Core.Images.Export;

/// <summary>Images that are exported under one name.</summary>
/// <param name="Reference">The reference, in its normal form; null for an image that is exported by its id.</param>
/// <param name="Images">The images, one for each platform; the one that suits this host best comes first.</param>
internal sealed record ExportedName(string? Reference, IReadOnlyList<StoredImage> Images);
