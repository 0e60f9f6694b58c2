using Engine.Core.Images.Layers;
using Engine.Oci;

namespace Engine.Core.Images.Check;

/// <summary>A layer whose blob an image's manifest names.</summary>
/// <param name="Source">The layer.</param>
/// <param name="Below">The chain ids of the layers below it, the nearest first.</param>
internal sealed record KnownLayer(LayerSource Source, IReadOnlyList<Digest> Below);
