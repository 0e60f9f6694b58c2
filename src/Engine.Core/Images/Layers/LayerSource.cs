using Engine.Oci;

namespace Engine.Core.Images.Layers;

/// <summary>A layer of an image that is being brought in.</summary>
/// <param name="Blob">The layer as it came; it is kept already, unless it still arrives.</param>
/// <param name="Size">The blob's length in bytes.</param>
/// <param name="DiffId">The digest that its tar must have.</param>
/// <param name="ChainId">What it is called, with all that is below it.</param>
internal sealed record LayerSource(Digest Blob, long Size, Digest DiffId, Digest ChainId)
{
    /// <summary>Null when the blob is kept already.</summary>
    public ILayerArrival? Arrival { get; init; }

    /// <summary>Where its progress is told; null for an own one.</summary>
    public LayerProgress? Progress { get; init; }
}
