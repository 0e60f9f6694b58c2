namespace Engine.Daemon.Hosting;

/// <summary>The end of the engine: running calls may end by themselves, within a limit.</summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _over = new();

    /// <summary>Set when calls may run no longer. Work that outlives its caller's interest ends with this.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">How long calls may run; infinite for as long as they like.</param>
    public void Begin(TimeSpan limit) => _over.CancelAfter(limit);

    /// <summary>Ends the drain before its limit.</summary>
    public void EndNow() => _over.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _over.Dispose();
}
