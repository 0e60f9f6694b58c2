using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Archives;

/// <summary>How much of an archive is believed.</summary>
public sealed record ArchiveLimits
{
    /// <summary>The usual limits.</summary>
    public static ArchiveLimits Default { get; } = new();

    /// <summary>How many files and links it may have: an image has a few dozen.</summary>
    public int MaxFiles { get; init; } = 100_000;

    /// <summary>
    /// How many bytes its manifests, indexes and configurations may have together: they are kept in memory.
    /// </summary>
    public int MaxMemory { get; init; } = 64 * 1024 * 1024;

    /// <summary>How deep indexes may be nested.</summary>
    public int MaxIndexDepth { get; init; } = 8;

    /// <summary>How much of the archive's tar is believed.</summary>
    public TarLimits Tar { get; init; } = TarLimits.Default;
}
