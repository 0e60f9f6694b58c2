using System.Buffers;
using System.Net;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Uploads;

/// <summary>Part of a blob as the body of a request. It is read anew each time that the request is sent.</summary>
internal sealed class BlobContent : HttpContent
{
    private const int BufferBytes = 128 * 1024;

    private readonly BlobSource _source;
    private readonly long _offset;
    private readonly long _count;
    private readonly StallGuard _guard;
    private readonly TimeSpan _commit;

    public BlobContent(BlobSource source, long offset, long count, StallGuard guard, TimeSpan commit)
    {
        _source = source;
        _offset = offset;
        _count = count;
        _guard = guard;
        _commit = commit;
        Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using Stream blob = _source.OpenAt(_offset);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long sent = 0; sent < _count;)
            {
                int wanted = (int)Math.Min(buffer.Length, _count - sent);
                _guard.Pause();
                int read = await _source.ReadAsync(blob, buffer.AsMemory(0, wanted), cancellationToken)
                    .ConfigureAwait(false);
                _guard.Touch();
                await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                sent += read;
                _source.Sent(_offset + sent);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // Now it is for the registry to check and to move what it has.
        _guard.Touch(_commit);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _count;
        return true;
    }
}
