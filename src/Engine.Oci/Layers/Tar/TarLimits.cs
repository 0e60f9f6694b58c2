namespace Engine.Oci.Layers.Tar;

/// <summary>How much of an archive is believed. The usual limits are far above what real layers have.</summary>
public sealed record TarLimits
{
    /// <summary>The usual limits.</summary>
    public static TarLimits Default { get; } = new();

    /// <summary>How many headers there may be, those of long names and attributes included.</summary>
    public long MaxHeaders { get; init; } = 20_000_000;

    /// <summary>How many bytes the extended headers (pax) of one entry may have, attributes' values included.</summary>
    public int MaxExtendedHeaderSize { get; init; } = 1024 * 1024;

    /// <summary>
    /// How many bytes a name or a link's target may have; PATH_MAX is 4096, but descending step by step reaches deeper.
    /// </summary>
    public int MaxNameLength { get; init; } = 16 * 4096;

    /// <summary>How many parts with data a sparse file may have.</summary>
    public int MaxSegments { get; init; } = 1_000_000;

    /// <summary>
    /// Whether an archive that just stops, without the two zero blocks at its end, is refused as truncated. Docker
    /// accepts it, and some builders' layers are so: pass false where a diff id vouches for the content.
    /// </summary>
    public bool RequireEndMarker { get; init; } = true;
}
