using System.Text;

namespace Engine.Oci.Layers;

/// <summary>
/// Names a stack of layers (image-spec, config.md, "Layer ChainID"): the diff id of the base alone, then the digest of
/// <c>chain id below, space, diff id</c>. What unpacked layers are shared by.
/// </summary>
public static class ChainId
{
    /// <summary>The chain id of each layer of a stack, the base first.</summary>
    /// <param name="diffIds">The diff ids, the base first.</param>
    public static IReadOnlyList<Digest> Compute(IReadOnlyList<Digest> diffIds)
    {
        ArgumentNullException.ThrowIfNull(diffIds);
        var chain = new Digest[diffIds.Count];
        for (int layer = 0; layer < chain.Length; layer++)
        {
            chain[layer] = Next(layer == 0 ? null : chain[layer - 1], diffIds[layer]);
        }

        return chain;
    }

    /// <summary>The chain id of a layer upon a stack.</summary>
    /// <param name="below">The chain id of the stack, or null for a base layer.</param>
    /// <param name="diffId">The layer's diff id.</param>
    public static Digest Next(Digest? below, Digest diffId)
    {
        ArgumentNullException.ThrowIfNull(diffId);
        return below is null ? diffId : Digest.Compute(Encoding.ASCII.GetBytes($"{below} {diffId}"));
    }
}
