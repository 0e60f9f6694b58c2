using System.IO.Compression;
using System.Security.Cryptography;

namespace Engine.Oci.Compression;

/// <summary>
/// gzip of one or several members. GZipStream reports a truncated stream as a good one that ends early, and stops
/// without a word at anything that follows the last member. So one more member is fed to it behind the source: a random
/// mark. Only if every member before it was whole, and nothing else followed, is the mark the last thing that comes
/// out.
/// </summary>
internal sealed class GzipDecoder : ForwardStream
{
    private const int MarkLength = 16;

    private readonly GZipStream _inflate;
    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly byte[] _held = new byte[MarkLength];
    private int _heldCount;

    public GzipDecoder(SourceStream source) =>
        _inflate = new GZipStream(new FollowedStream(source, Compress(_mark)), CompressionMode.Decompress);

    /// <summary>Reads on. The buffer must be larger than the mark, whose length is held back at the end.</summary>
    public override int Read(Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(buffer.Length, MarkLength);
        while (true)
        {
            _held.AsSpan(0, _heldCount).CopyTo(buffer);
            int read = _inflate.Read(buffer[_heldCount..]);
            if (read == 0)
            {
                return _held.AsSpan(0, _heldCount).SequenceEqual(_mark)
                    ? 0
                    : throw new InvalidDataException("it is truncated, or something that is not gzip follows it");
            }

            int total = _heldCount + read;
            _heldCount = Math.Min(MarkLength, total);
            buffer[(total - _heldCount)..total].CopyTo(_held);
            if (total > _heldCount)
            {
                return total - _heldCount;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflate.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compress(byte[] mark)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(mark);
        }

        return compressed.ToArray();
    }
}
