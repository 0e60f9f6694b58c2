using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>A layer of an image in an archive.</summary>
/// <param name="Descriptor">What the manifest says of it.</param>
/// <param name="File">Where it is in the spool.</param>
/// <param name="DiffId">The digest that its uncompressed tar must have.</param>
public sealed record ArchiveLayer(Descriptor Descriptor, SpooledFile File, Digest DiffId);
