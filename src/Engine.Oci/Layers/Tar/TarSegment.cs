namespace Engine.Oci.Layers.Tar;

/// <summary>A part of a sparse file that has data; what is between the parts reads as zeros.</summary>
/// <param name="Offset">Where the part begins in the file, in bytes.</param>
/// <param name="Length">How many bytes it has.</param>
public readonly record struct TarSegment(long Offset, long Length);
