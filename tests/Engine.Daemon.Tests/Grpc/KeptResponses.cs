using Grpc.Core;

namespace Engine.Daemon.Tests.Grpc;

/// <summary>Keeps what is written, and whether it was flushed.</summary>
internal sealed class KeptResponses<T> : IServerStreamWriter<T>
{
    public List<(T Message, bool Flushed)> Written { get; } = [];

    /// <summary>Fails the write of the message with this index.</summary>
    public int? FailsAt { get; init; }

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(message);
    }

    public Task WriteAsync(T message)
    {
        if (Written.Count == FailsAt)
        {
            throw new IOException("the reader is gone");
        }

        Written.Add((message, (WriteOptions?.Flags & WriteFlags.BufferHint) != WriteFlags.BufferHint));
        return Task.CompletedTask;
    }
}
