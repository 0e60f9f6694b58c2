using Engine.Oci.Compression;

namespace Engine.Oci.Layers.Tar;

/// <summary>The content of an entry, with zeros where a sparse file has holes.</summary>
/// <param name="reader">The reader, at the entry.</param>
/// <param name="entry">The entry.</param>
internal sealed class TarContentStream(TarReader reader, TarEntry entry) : ForwardStream
{
    private long _position;
    private int _segment;

    public override long Length => entry.Size;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (entry.Segments is not { } segments)
        {
            int plain = reader.Read(buffer);
            _position += plain;
            return plain;
        }

        while (_segment < segments.Count && _position >= segments[_segment].Offset + segments[_segment].Length)
        {
            _segment++;
        }

        long dataStart = _segment < segments.Count ? segments[_segment].Offset : entry.Size;
        bool hole = _position < dataStart;
        long limit = hole || _segment == segments.Count ? dataStart : dataStart + segments[_segment].Length;
        Span<byte> part = buffer[..(int)Math.Min(buffer.Length, limit - _position)];
        int read = part.Length;
        if (hole)
        {
            part.Clear();
        }
        else
        {
            read = reader.Read(part);
        }

        _position += read;
        return read;
    }
}
