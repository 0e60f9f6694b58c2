namespace Engine.Oci.Compression;

/// <summary>A stream with a few bytes behind its end.</summary>
/// <param name="source">The stream; it stays open.</param>
/// <param name="tail">The bytes.</param>
internal sealed class FollowedStream(Stream source, ReadOnlyMemory<byte> tail) : ForwardStream
{
    private ReadOnlyMemory<byte> _tail = tail;

    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        if (read == 0)
        {
            read = Math.Min(buffer.Length, _tail.Length);
            _tail.Span[..read].CopyTo(buffer);
            _tail = _tail[read..];
        }

        return read;
    }
}
