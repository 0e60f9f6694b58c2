using System.Threading.Channels;

namespace Engine.Commands;

/// <summary>
/// Runs asynchronous work beside the pipeline's thread, and what it posts on it: only that thread may write to the
/// pipeline. It ends when the work has ended, whatever happens, so that the work's own clean-up is never cut off.
/// </summary>
internal sealed class PipelinePump : IDisposable
{
    // A reader that is slower than the container holds up the work, not the memory.
    private readonly Channel<Action> _posted = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(1024) { SingleReader = true });

    private readonly CancellationTokenSource _stop;

    private PipelinePump(CancellationToken stop) => _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);

    /// <summary>Cancelled when the pipeline stops, or takes no more (Select-Object -First).</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Runs work until it has ended.</summary>
    public static void Run(Func<PipelinePump, Task> work, CancellationToken stop)
    {
        using var pump = new PipelinePump(stop);
        pump.Run(work);
    }

    /// <summary>Has something done on the pipeline's thread, in the order of the calls.</summary>
    public ValueTask PostAsync(Action action) => _posted.Writer.WriteAsync(action, Stopped);

    /// <summary>
    /// Has something done on the pipeline's thread, and waits until it is: for what is too large for a thousand of them to
    /// wait in memory.
    /// </summary>
    public async Task PerformAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() =>
        {
            action();
            done.SetResult();
        }).ConfigureAwait(false);
        await done.Task.WaitAsync(Stopped).ConfigureAwait(false);
    }

    /// <summary>Has something done on the pipeline's thread, unless that is too far behind.</summary>
    public bool TryPost(Action action) => _posted.Writer.TryWrite(action);

    public void Dispose() => _stop.Dispose();

    private void Run(Func<PipelinePump, Task> work)
    {
        Task running = Task.Run(async () =>
        {
            try
            {
                await work(this).ConfigureAwait(false);
            }
            finally
            {
                _posted.Writer.Complete();
            }
        });
        try
        {
            foreach (Action action in _posted.Reader.ReadAllAsync(CancellationToken.None).ToBlockingEnumerable())
            {
                action();
            }
        }
        catch
        {
            // The pipeline takes no more. The work has to hear of it, and to end, before the cmdlet does.
            _stop.Cancel();
            running.ContinueWith(static _ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
            throw;
        }

        running.GetAwaiter().GetResult();
    }
}
