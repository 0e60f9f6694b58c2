using Engine.Client;

namespace Engine.Commands;

/// <summary>
/// One run of a container that has been made: start it, hand over what it writes, wait for its end. Whoever stops the
/// run stops the container.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="engine">Where it is.</param>
/// <param name="removed">True when the engine removes it after its end, and the run is to last until then.</param>
internal sealed class ContainerRun(Container container, EngineConnection engine, bool removed)
{
    // What a person who pressed Ctrl+C waits at most. The engine goes on with the stop, and then with the removal.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(350);

    private bool _started;

    /// <summary>True when the container was stopped because its time was over.</summary>
    public bool TimedOut { get; private set; }

    private ContainersClient Containers => EngineClients.Of(engine).Containers;

    /// <summary>Runs it to its end.</summary>
    /// <param name="receive">Takes what it writes, in order.</param>
    /// <param name="timeout">How long it may run; null for ever.</param>
    /// <param name="stop">Stops the run, and with it the container.</param>
    public async Task<ContainerExit> RunAsync(
        Func<ContainerLogEntry, ValueTask> receive, TimeSpan? timeout, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            // Both before the start: a container of a millisecond loses neither its exit code nor a byte.
            ContainerWaitCondition condition =
                removed ? ContainerWaitCondition.Removed : ContainerWaitCondition.NextExit;
            Task<ContainerExit> exit =
                await Containers.BeginWaitAsync(container.Id, condition, end.Token).ConfigureAwait(false);
            IAsyncEnumerable<ContainerLogEntry> log = await Containers
                .OpenLogAsync(container.Id, new ContainerLogQuery { Follow = true }, end.Token).ConfigureAwait(false);
            await Containers.StartAsync(container.Id, end.Token).ConfigureAwait(false);
            _started = true;
            Task limit = StopAfterAsync(timeout, end.Token);
            await foreach (ContainerLogEntry entry in log.ConfigureAwait(false))
            {
                await receive(entry).ConfigureAwait(false);
            }

            ContainerExit ended = await exit.ConfigureAwait(false);
            await end.CancelAsync().ConfigureAwait(false);
            await limit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ended;
        }
        catch
        {
            await end.CancelAsync().ConfigureAwait(false);
            await AbandonAsync(stop.IsCancellationRequested).ConfigureAwait(false);
            throw;
        }
    }

    private async Task StopAfterAsync(TimeSpan? timeout, CancellationToken ended)
    {
        if (timeout is { Ticks: >= 0 } limit)
        {
            await Task.Delay(limit, ended).ConfigureAwait(false);
            TimedOut = true;
            await Containers.StopAsync(container.Id, signal: null, timeout: null, ended).ConfigureAwait(false);
        }
    }

    private async Task AbandonAsync(bool stopped)
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            if (!_started && removed)
            {
                // The engine removes what has ended; this one never ran.
                await Containers.RemoveAsync(container.Id, force: true, patience.Token).ConfigureAwait(false);
            }
            else if (stopped)
            {
                await Containers.StopAsync(container.Id, signal: null, timeout: null, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            // Already gone, or the engine takes longer than a person waits. What ended the run is what is reported.
        }
    }
}
