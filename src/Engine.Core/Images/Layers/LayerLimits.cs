namespace Engine.Core.Images.Layers;

/// <summary>How large a layer may be.</summary>
/// <param name="MaxEntries">The most entries.</param>
/// <param name="MaxBytes">The most bytes of content; null for what the disk holds.</param>
internal sealed record LayerLimits(long MaxEntries, long? MaxBytes);
