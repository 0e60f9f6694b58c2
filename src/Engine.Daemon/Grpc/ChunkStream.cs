using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>
/// The archive of an import as a stream. It takes a message only when somebody reads, so that HTTP/2's flow control
/// holds the sender to the pace of the disk.
/// </summary>
internal sealed class ChunkStream(
    IAsyncStreamReader<Wire.ImportImageRequest> requests, CancellationToken callToken) : Stream
{
    private const int MaxChunkLength = 1 << 20;

    private ReadOnlyMemory<byte> _chunk;
    private bool _ended;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_chunk.IsEmpty && !_ended && !buffer.IsEmpty)
        {
            _ended = !await requests.MoveNext(callToken).WaitAsync(cancellationToken);
            _chunk = _ended ? default : ChunkOf(requests.Current);
        }

        var length = Math.Min(buffer.Length, _chunk.Length);
        _chunk[..length].CopyTo(buffer);
        _chunk = _chunk[length..];
        return length;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static ReadOnlyMemory<byte> ChunkOf(Wire.ImportImageRequest request)
    {
        if (request.PartCase != Wire.ImportImageRequest.PartOneofCase.Chunk)
        {
            throw Invalid("Every message of an import but the first must hold a chunk.");
        }

        return request.Chunk.Length <= MaxChunkLength
            ? request.Chunk.Memory
            : throw Invalid($"A chunk of an import may have {MaxChunkLength} bytes; this one has {request.Chunk.Length}.");
    }

    private static EngineException Invalid(string message) =>
        new(EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidMessage, message);
}
