using Engine.Oci.Compression;

namespace Engine.Oci.Layers;

/// <summary>What is known of a layer once all of it has been read.</summary>
/// <param name="Compression">How it is compressed.</param>
/// <param name="Blob">The digest of the layer as it came.</param>
/// <param name="BlobSize">Its size in bytes, as it came.</param>
/// <param name="DiffId">The digest of the uncompressed tar.</param>
/// <param name="DiffSize">The size of the uncompressed tar, in bytes.</param>
public sealed record LayerDigests(
    CompressionKind Compression, Digest Blob, long BlobSize, Digest DiffId, long DiffSize);
