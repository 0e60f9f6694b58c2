namespace Engine.Oci.Compression;

/// <summary>
/// Tells how content is compressed by its first bytes. Media types are no help: there are plain tars called
/// tar+gzip in registries, and Docker looks at the bytes as well.
/// </summary>
public static class CompressionMagic
{
    /// <summary>How many bytes <see cref="Detect"/> looks at.</summary>
    public const int Length = 10;

    /// <summary>Tells the compression.</summary>
    /// <param name="head">The first bytes; fewer than <see cref="Length"/> when there are no more.</param>
    public static CompressionKind Detect(ReadOnlySpan<byte> head) => head switch
    {
        [0x1f, 0x8b, 0x08, ..] => CompressionKind.Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => CompressionKind.Zstd,

        // A skippable frame: zstd:chunked and pzstd may begin with one.
        [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => CompressionKind.Zstd,
        [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, ..] => CompressionKind.Xz,

        // The block's magic too (pi, or the root of pi when there is no block): a tar's first name may begin with
        // 'BZh'.
        [0x42, 0x5a, 0x68, >= 0x31 and <= 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => CompressionKind.Bzip2,
        [0x42, 0x5a, 0x68, >= 0x31 and <= 0x39, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => CompressionKind.Bzip2,
        _ => CompressionKind.None,
    };
}
