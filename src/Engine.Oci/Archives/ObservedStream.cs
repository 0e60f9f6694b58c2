using Engine.Oci.Compression;

namespace Engine.Oci.Archives;

/// <summary>Sees how a file begins, and hashes it if asked to, while the spool reads it.</summary>
/// <param name="content">The file.</param>
/// <param name="hash">What it is hashed with, or null.</param>
internal sealed class ObservedStream(Stream content, IncrementalDigest? hash) : ForwardStream
{
    private readonly byte[] _head = new byte[CompressionMagic.Length];
    private int _seen;

    public CompressionKind Compression => CompressionMagic.Detect(_head.AsSpan(0, _seen));

    public override int Read(Span<byte> buffer)
    {
        int read = content.Read(buffer);
        int taken = Math.Min(read, _head.Length - _seen);
        buffer[..taken].CopyTo(_head.AsSpan(_seen));
        _seen += taken;
        hash?.Append(buffer[..read]);
        return read;
    }
}
