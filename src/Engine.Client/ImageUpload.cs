using Google.Protobuf;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Client;

/// <summary>One import: an archive on its way out, what the engine says of it on its way in, each ended by the other's failure.</summary>
internal sealed class ImageUpload : IAsyncDisposable
{
    // A quarter of what the contract allows: large enough that a message's cost does not show, small enough that
    // progress is smooth and memory is spared.
    private const int ChunkSize = 256 * 1024;

    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<Wire.ImportImageRequest, Wire.ImportImageResponse> _call;
    private Exception? _unreadable;
    private Task _sending = Task.CompletedTask;

    public ImageUpload(Wire.Images.ImagesClient client, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _call = client.ImportImage(cancellationToken: _stop.Token);
    }

    public void Begin(Stream archive, Wire.ImportImageHeader header) => _sending = SendAsync(archive, header);

    public async IAsyncEnumerable<Wire.ImportImageResponse> ReceiveAsync()
    {
        while (await MoveNextAsync().ConfigureAwait(false))
        {
            yield return _call.ResponseStream.Current;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The sender reads a stream that belongs to the caller: it must have let go of it before the caller goes on.
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        _call.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(Stream archive, Wire.ImportImageHeader header)
    {
        try
        {
            await _call.RequestStream.WriteAsync(new Wire.ImportImageRequest { Header = header }, _stop.Token)
                .ConfigureAwait(false);
            // A message is serialized before its write ends, so that one buffer serves all.
            byte[] buffer = new byte[ChunkSize];
            while (await ReadAsync(archive, buffer).ConfigureAwait(false) is > 0 and int count)
            {
                ByteString chunk = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count));
                await _call.RequestStream.WriteAsync(new Wire.ImportImageRequest { Chunk = chunk }, _stop.Token)
                    .ConfigureAwait(false);
            }

            await _call.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The engine ended the call, the connection broke, or the archive could not be read: the end of the responses
            // says which.
        }
    }

    private async Task<bool> MoveNextAsync()
    {
        try
        {
            return await _call.ResponseStream.MoveNext(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (_unreadable is not null)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidArchive,
                $"The archive could not be read: {_unreadable.Message}",
                innerException: new AggregateException(_unreadable, e));
        }
    }

    private async ValueTask<int> ReadAsync(Stream archive, byte[] buffer)
    {
        try
        {
            return await archive.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, _stop.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Half an archive must not look like a whole one: the engine sees the call cancelled, not completed.
            _unreadable = e;
            await _stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
