using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Engine.Commands;

/// <summary>Reads several streams at once into one, and keeps their failures apart.</summary>
/// <param name="sources">What opens each of them, and the object that its errors are about.</param>
/// <param name="stop">Ends them all.</param>
/// <param name="limit">How many are read at once.</param>
internal sealed class StreamMerge<T>(
    IReadOnlyList<(Func<CancellationToken, IAsyncEnumerable<T>> Open, object? Target)> sources,
    CancellationToken stop,
    int limit = int.MaxValue)
{
    // Enough to keep all sources busy while the pipeline works on one object; a slow pipeline still slows them down.
    private readonly Channel<Next> _channel =
        Channel.CreateBounded<Next>(new BoundedChannelOptions(256) { SingleReader = true });

    public async IAsyncEnumerable<Next> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        Task all = ReadAllAsync(end.Token);
        try
        {
            await foreach (Next next in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return next;
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var free = new SemaphoreSlim(limit);
            await Task.WhenAll(sources.Select(s => ReadOneAsync(s.Open, s.Target, free, cancellationToken)))
                .ConfigureAwait(false);
            _channel.Writer.Complete();
        }
        catch (Exception e)
        {
            _channel.Writer.Complete(e);
            throw;
        }
    }

    private async Task ReadOneAsync(
        Func<CancellationToken, IAsyncEnumerable<T>> open,
        object? target,
        SemaphoreSlim free,
        CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (T item in open(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await _channel.Writer.WriteAsync(new Next(item, null, target), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (EngineException e)
        {
            await _channel.Writer.WriteAsync(new Next(default, e, target), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>An item of one of the streams, or the error that ended it.</summary>
    internal readonly record struct Next(T? Item, Exception? Error, object? Target);
}
