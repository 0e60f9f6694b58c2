namespace Engine;

/// <summary>What to write to an archive.</summary>
public sealed record ImageExport
{
    /// <summary>References, ids, or repositories, which mean all their tags; at least one.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    /// <summary>The archive's kind.</summary>
    public ImageArchiveFormat Format { get; init; }

    /// <summary>The compression of the archive as a whole; its layers stay as they are.</summary>
    public ArchiveCompression Compression { get; init; }

    /// <summary>Of references that name images of several platforms, only this one; null for all.</summary>
    public string? Platform { get; init; }
}
