using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Engine.Core.Events;

/// <summary>One watcher's view of the event stream.</summary>
public sealed class EventSubscription : IDisposable
{
    /// <summary>How many events may wait for a slow watcher.</summary>
    public const int Capacity = 1024;

    private readonly EventStream _stream;
    private readonly EventQuery _query;
    private readonly TimeProvider _time;
    private readonly Channel<EngineEvent> _events = Channel.CreateBounded<EngineEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    internal EventSubscription(EventStream stream, EventQuery query, TimeProvider time)
    {
        _stream = stream;
        _query = query;
        _time = time;
    }

    /// <summary>The events, until the query's end or for ever.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.EventsMissed"/> for a watcher that was too slow.</exception>
    public async IAsyncEnumerable<EngineEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = _query.Until is { } until
            ? new CancellationTokenSource(Remaining(until), _time)
            : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        while (true)
        {
            EngineEvent? next;
            try
            {
                // What is there already is read before the end is looked at: a query for the past gets all of it.
                if (!_events.Reader.TryRead(out next))
                {
                    if (!await _events.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false))
                    {
                        yield break;
                    }

                    continue;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                yield break;
            }

            yield return next;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Remove(this);
        _events.Writer.TryComplete();
    }

    internal void Offer(EngineEvent happened)
    {
        if (EventMatch.Matches(_query, happened) && !_events.Writer.TryWrite(happened))
        {
            _events.Writer.TryComplete(new EngineException(
                EngineErrorCode.LimitExceeded, EngineErrorReason.EventsMissed,
                $"This watcher fell more than {Capacity} events behind and was cut off. Watch again, with the time of the last event as the beginning."));
        }
    }

    private TimeSpan Remaining(DateTimeOffset until)
    {
        // CancellationTokenSource takes at most about 49 days; a watch that long is as good as endless.
        var remaining = until - _time.GetUtcNow();
        return remaining <= TimeSpan.Zero ? TimeSpan.Zero
            : remaining.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan
            : remaining;
    }
}
