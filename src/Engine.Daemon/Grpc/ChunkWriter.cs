using Google.Protobuf;
using Grpc.Core;

namespace Engine.Daemon.Grpc;

/// <summary>
/// An archive that goes out, as a stream. A write waits until the caller has room for it (HTTP/2's flow control), so
/// that a slow caller holds up the source and not the engine's memory. Small writes travel together; large ones are not
/// copied on the way to the transport.
/// </summary>
/// <param name="responses">The caller's stream.</param>
/// <param name="toMessage">Makes the message of a chunk.</param>
/// <param name="callToken">The call's token.</param>
internal sealed class ChunkWriter<TMessage>(
    IServerStreamWriter<TMessage> responses, Func<ByteString, TMessage> toMessage, CancellationToken callToken) : Stream
{
    private const int MaxChunkLength = 1 << 20;
    private const int Gathered = 256 * 1024;

    private readonly byte[] _gathered = new byte[Gathered];
    private readonly Queue<TMessage> _before = new();
    private int _length;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Has a message sent before the next chunk: a call's messages go out one at a time.</summary>
    public void Enqueue(TMessage message) => _before.Enqueue(message);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > Gathered - _length)
        {
            await FlushAsync(cancellationToken);
        }

        if (buffer.Length <= Gathered / 2)
        {
            buffer.CopyTo(_gathered.AsMemory(_length));
            _length += buffer.Length;
            return;
        }

        await FlushAsync(cancellationToken);
        for (; !buffer.IsEmpty; buffer = buffer[Math.Min(buffer.Length, MaxChunkLength)..])
        {
            await SendAsync(buffer[..Math.Min(buffer.Length, MaxChunkLength)]);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_length > 0 || _before.Count > 0)
        {
            int length = _length;
            _length = 0;
            await SendAsync(_gathered.AsMemory(0, length));
        }
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask SendAsync(ReadOnlyMemory<byte> chunk)
    {
        while (_before.TryDequeue(out var message))
        {
            await responses.WriteAsync(message, callToken);
        }

        if (!chunk.IsEmpty)
        {
            // The message is serialised before the write ends, and the memory is the writer's again only then.
            await responses.WriteAsync(toMessage(UnsafeByteOperations.UnsafeWrap(chunk)), callToken);
        }
    }
}
