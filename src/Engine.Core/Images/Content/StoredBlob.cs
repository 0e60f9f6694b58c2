using Engine.Oci;

namespace Engine.Core.Images.Content;

/// <summary>A blob that is kept.</summary>
/// <param name="Digest">Its sha256 digest.</param>
/// <param name="Size">Its length in bytes.</param>
internal sealed record StoredBlob(Digest Digest, long Size);
