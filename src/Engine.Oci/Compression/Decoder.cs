using SharpCompress.Compressors.BZip2;
using ZstdSharp;
using SharpMode = SharpCompress.Compressors.CompressionMode;

namespace Engine.Oci.Compression;

/// <summary>Chooses the decoder, and says what its failures mean.</summary>
internal static class Decoder
{
    public static Stream Create(CompressionKind kind, SourceStream source) => kind switch
    {
        CompressionKind.Gzip => new GzipDecoder(source),
        CompressionKind.Zstd => new DecompressionStream(source, leaveOpen: true),
        CompressionKind.Xz => new XzDecoder(source),
        CompressionKind.Bzip2 => BZip2Stream.Create(source, SharpMode.Decompress, decompressConcatenated: true, leaveOpen: true),
        _ => source,
    };

    /// <summary>
    /// Whether the content is at fault: decoders fail at damaged content in any way that code can fail, with their own
    /// exceptions and with those of arrays and arithmetic. What the source throws is told apart before.
    /// </summary>
    public static bool IsContentFault(Exception exception) =>
        exception is not (OperationCanceledException or OutOfMemoryException);

    public static EngineException Fault(CompressionKind kind, Exception inner)
    {
        string name = kind switch
        {
            CompressionKind.Gzip => "gzip",
            CompressionKind.Zstd => "zstd",
            CompressionKind.Xz => "xz",
            _ => "bzip2",
        };
        return inner is NotSupportedException
            ? new EngineException(
                EngineErrorCode.NotSupported,
                EngineErrorReason.InvalidArchive,
                $"The {name} stream cannot be read: {inner.Message}.",
                null,
                inner)
            : new EngineException(
                EngineErrorCode.Corrupt,
                EngineErrorReason.InvalidArchive,
                $"The {name} stream is corrupt: {inner.Message.TrimEnd('.')}.",
                null,
                inner);
    }
}
