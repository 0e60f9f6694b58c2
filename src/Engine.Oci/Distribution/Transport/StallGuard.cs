namespace Engine.Oci.Distribution.Transport;

/// <summary>
/// Ends an exchange on which nothing happens for too long. It says nothing about how long the exchange may take as a
/// whole: a large layer over a thin line takes hours, and is fine.
/// </summary>
internal sealed class StallGuard : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;

    public StallGuard(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _caller = cancellationToken;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(
            static state => Cancel((CancellationTokenSource)state!),
            _source, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the caller cancels, and when nothing happened for too long.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What the caller cancels with.</summary>
    public CancellationToken Caller => _caller;

    /// <summary>Whether it was the time, and not the caller.</summary>
    public bool IsExpired => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Something happened; the other side has as long again.</summary>
    public void Touch() => Touch(_limit);

    /// <summary>Something happened; the other side has that long now.</summary>
    public void Touch(TimeSpan limit) => _timer.Change(limit, Timeout.InfiniteTimeSpan);

    /// <summary>It is our turn: the other side is not to blame for the time that passes.</summary>
    public void Pause() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The exchange ended while the timer was going off.
        }
    }
}
