using System.IO.Compression;
using ZstdSharp;

namespace Engine.Oci.Compression;

/// <summary>Compresses what is made here.</summary>
internal static class Encoder
{
    // The usual level of zstd. Of gzip the fastest: the next one makes a layer of programs a sixth smaller and takes almost
    // twice the time, in which a container that is committed stands still.
    private const int ZstdLevel = 3;

    /// <summary>A stream that compresses into another, which stays open; disposing of it writes the end.</summary>
    public static Stream Create(ArchiveCompression compression, Stream destination) => compression switch
    {
        ArchiveCompression.Gzip => new GZipStream(destination, CompressionLevel.Fastest, leaveOpen: true),
        ArchiveCompression.Zstd => new CompressionStream(destination, ZstdLevel, leaveOpen: true),
        _ => new UnownedStream(destination),
    };
}
