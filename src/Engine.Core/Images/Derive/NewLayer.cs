using Engine.Core.Images.Content;
using Engine.Oci;

namespace Engine.Core.Images.Derive;

/// <summary>A layer that was made here, and whose blob is kept.</summary>
/// <param name="Blob">The layer as it is kept.</param>
/// <param name="DiffId">The digest of its tar.</param>
/// <param name="Compression">How it is compressed.</param>
internal sealed record NewLayer(StoredBlob Blob, Digest DiffId, ArchiveCompression Compression);
