using Engine.Core.Images.Layers;
using Engine.Oci.Compression;

namespace Engine.Core.Images.Pull;

/// <summary>
/// Reads a blob behind its download: waits where that has not come to yet, and ends where the verified blob does. It
/// gives up its slot while it waits, so that a registry that stalls keeps nobody else from unpacking.
/// </summary>
internal sealed class ArrivingStream : ForwardStream
{
    private readonly ArrivingBlob _blob;
    private readonly FileStream _content;
    private readonly UnpackSlot _slot;
    private readonly CancellationTokenSource _closed;
    private long _position;

    public ArrivingStream(ArrivingBlob blob, UnpackSlot slot, CancellationToken cancellationToken)
    {
        _blob = blob;
        (_content, Attempt) = blob.OpenRead();
        _slot = slot;
        _closed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Which attempt of the download it reads.</summary>
    public int Attempt { get; }

    /// <summary>The blob that it reads.</summary>
    public ArrivingBlob Blob => _blob;

    public override long Position
    {
        get => Interlocked.Read(ref _position);
        set => throw new NotSupportedException();
    }

    /// <exception cref="BlobRestartedException">It comes anew, or not at all.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            var seen = _blob.Look(Attempt);
            var ready = (int)Math.Min(buffer.Length, seen.Length - _position);
            if (ready > 0)
            {
                var read = _content.Read(buffer[..ready]);
                Interlocked.Add(ref _position, read);
                return read;
            }

            if (seen.IsWhole || buffer.IsEmpty)
            {
                return 0;
            }

            _slot.Without(() => seen.Changed.Wait(_closed.Token), _closed.Token);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A read on another thread may be waiting; it still has the file, whose handle outlives it.
            _closed.Cancel();
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
