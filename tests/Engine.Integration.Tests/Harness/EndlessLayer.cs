namespace Engine.Integration.Tests.Harness;

/// <summary>A tar whose one file never ends, and which tells when a good part of it was read.</summary>
internal sealed class EndlessLayer(Action afterSome) : Stream
{
    private static readonly byte[] s_header = Header();
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_position < s_header.Length)
        {
            int length = Math.Min(buffer.Length, s_header.Length - (int)_position);
            s_header.AsSpan((int)_position, length).CopyTo(buffer);
            _position += length;
            return length;
        }

        const int some = 4 << 20;
        if (_position < some && _position + buffer.Length >= some)
        {
            afterSome();
        }

        buffer.Fill((byte)'x');
        _position += buffer.Length;
        return buffer.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // A file of 8 GiB: more than any test reads.
    private static byte[] Header()
    {
        using var layer = new TestLayer();
        byte[] tar = layer.File("endless", "x").ToArray();
        int header = Array.IndexOf(tar, (byte)'0', 156) == 156 ? 0 : 1024;
        Span<byte> ustar = tar.AsSpan(header, 512);
        "77777777777 "u8.CopyTo(ustar[124..]);
        ustar.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte b in ustar)
        {
            sum += b;
        }

        global::System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ")
            .CopyTo(ustar[148..]);
        return tar[..(header + 512)];
    }
}
