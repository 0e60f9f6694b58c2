using System.IO.Compression;
using ZstdSharp;

namespace Engine.Oci.Compression;

/// <summary>Compresses what is made here.</summary>
internal static class Encoder
{
    // The usual level of zstd. Of gzip the fastest: archives hold layers that are compressed already, and for layers
    // the levels above it cost more time than the bytes they save take to send.
    private const int ZstdLevel = 3;

    /// <summary>A stream that compresses into another, which stays open; disposing of it writes the end.</summary>
    public static Stream Create(ArchiveCompression compression, Stream destination) => compression switch
    {
        ArchiveCompression.Gzip => new GZipStream(destination, CompressionLevel.Fastest, leaveOpen: true),
        ArchiveCompression.Zstd => new CompressionStream(destination, ZstdLevel, leaveOpen: true),
        _ => new UnownedStream(destination),
    };
}
