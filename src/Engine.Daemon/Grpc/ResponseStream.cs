using Grpc.Core;

namespace Engine.Daemon.Grpc;

/// <summary>Writes a sequence to a caller.</summary>
internal static class ResponseStream
{
    // How many messages share a flush at most: enough that a system call a message no longer shows, few enough that a
    // reader that stalls soon holds up the source, and not the engine's memory.
    private const int MessagesPerFlush = 32;

    private static readonly WriteOptions s_withMore = new(WriteFlags.BufferHint);
    private static readonly WriteOptions s_flushed = new();

    /// <summary>
    /// Writes all items of a source. Items that are there at once travel together; one that the next has to be waited
    /// for is sent without waiting.
    /// </summary>
    /// <param name="stream">The caller's stream.</param>
    /// <param name="source">The source, made with the token that ends it.</param>
    /// <param name="toWire">Makes the message of an item.</param>
    /// <param name="cancellationToken">The call's token.</param>
    public static async Task WriteAllAsync<TItem, TMessage>(
        this IServerStreamWriter<TMessage> stream,
        Func<CancellationToken, IAsyncEnumerable<TItem>> source,
        Func<TItem, TMessage> toWire,
        CancellationToken cancellationToken)
    {
        // An enumerator must not be disposed of while it moves: when a write fails, the source is ended first.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = source(ends.Token).GetAsyncEnumerator(ends.Token);
        var next = Task.FromResult(false);
        try
        {
            next = items.MoveNextAsync().AsTask();
            for (var written = 1; await next; written++)
            {
                var message = toWire(items.Current);
                next = items.MoveNextAsync().AsTask();
                stream.WriteOptions = next.IsCompletedSuccessfully && next.Result && written % MessagesPerFlush != 0
                    ? s_withMore : s_flushed;
                await stream.WriteAsync(message, cancellationToken);
            }
        }
        finally
        {
            await ends.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await items.DisposeAsync();
        }
    }
}
