using SharpCompress.Compressors.Xz;

namespace Engine.Oci.Compression;

/// <summary>
/// xz of one or several streams, with the padding that may be between them. SharpCompress decodes the blocks and checks
/// their checksums; its own XZStream ends after the first stream and says nothing of the others.
/// </summary>
/// <param name="source">The compressed bytes.</param>
internal sealed class XzDecoder(SourceStream source) : ForwardStream
{
    private readonly byte[] _piece = new byte[64 * 1024];
    private XZHeader? _header;
    private XZBlock? _block;
    private long _blocks;
    private int _start;
    private int _end;

    public override int Read(Span<byte> buffer)
    {
        while (_start == _end)
        {
            if (_block is not null)
            {
                // A short read is how the block says that it is done, its checksum verified.
                (_start, _end) = (0, _block.Read(_piece, 0, _piece.Length));
                if (_end < _piece.Length)
                {
                    _block.Dispose();
                    _block = null;
                }
            }
            else if (!NextBlock())
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _end - _start);
        _piece.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _block?.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool NextBlock()
    {
        if (_header is null && !NextStream())
        {
            return false;
        }

        ReadOnlySpan<byte> head = source.Peek(XzBlockHeader.MaxLength);
        if (head.IsEmpty)
        {
            throw new EndOfStreamException("it is truncated");
        }

        // A block's header begins with its size, which is never 0; the index begins with 0.
        if (head[0] == 0)
        {
            EndStream(head);
            return true;
        }

        XzBlockHeader.Check(head);
        _block = new XZBlock(source, _header!.BlockCheckType, _header.BlockCheckSize);
        _blocks++;
        return true;
    }

    private bool NextStream()
    {
        // Stream padding: zeros, in fours (xz-file-format, 2.2). None before the first stream, which began with the
        // magic.
        Span<byte> padding = stackalloc byte[4];
        while (source.Peek(padding.Length) is [0, 0, 0, 0])
        {
            source.ReadExactly(padding);
        }

        if (source.Peek(1).IsEmpty)
        {
            return false;
        }

        _header = XZHeader.FromStream(source);
        _blocks = 0;
        return true;
    }

    // The count is compared before the library reads that many records into memory.
    private void EndStream(ReadOnlySpan<byte> index)
    {
        int at = 1;
        if (XzBlockHeader.ReadInteger(index, ref at) != _blocks)
        {
            throw new InvalidDataException("its index does not have as many records as there are blocks");
        }

        XZIndex.FromStream(source, indexMarkerAlreadyVerified: false);
        XZFooter.FromStream(source);
        _header = null;
    }
}
