namespace Engine.Oci.Compression;

/// <summary>How a layer or an archive is compressed.</summary>
public enum CompressionKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip (RFC 1952), of one or several members.</summary>
    Gzip,

    /// <summary>Zstandard (RFC 8878), of one or several frames.</summary>
    Zstd,

    /// <summary>xz, of one or several streams.</summary>
    Xz,

    /// <summary>bzip2, of one or several streams.</summary>
    Bzip2,
}
