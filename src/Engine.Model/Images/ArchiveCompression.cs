namespace Engine;

/// <summary>How a file as a whole is compressed.</summary>
public enum ArchiveCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878).</summary>
    Zstd,
}
