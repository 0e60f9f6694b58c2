using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grpc.Core;

namespace Engine.Daemon.Grpc;

/// <summary>
/// One long call: progress and warnings go out while it works, and at the end what came of it. A caller who goes away
/// ends the work.
/// </summary>
internal sealed class ProgressCall<TResult, TMessage>(IServerStreamWriter<TMessage> responses)
{
    // A slow reader of progress misses some of it; the work waits for nobody.
    private readonly Channel<ImageProgress> _progress = Channel.CreateBounded<ImageProgress>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    // No warning is missed; whoever gives them keeps them few.
    private readonly ConcurrentQueue<string> _warnings = [];

    /// <summary>The work.</summary>
    public delegate Task<IReadOnlyList<TResult>> Operation(
        IProgress<ImageProgress> progress, Action<string> warning, CancellationToken cancellationToken);

    /// <summary>Makes the message of some progress.</summary>
    public required Func<ImageProgress, TMessage> OfProgress { get; init; }

    /// <summary>Makes the message of a warning.</summary>
    public required Func<string, TMessage> OfWarning { get; init; }

    /// <summary>Makes the message of a result.</summary>
    public required Func<TResult, TMessage> OfResult { get; init; }

    /// <summary>Runs the call.</summary>
    public async Task RunAsync(Operation operation, CancellationToken cancellationToken)
    {
        // A failure to write progress ends the work, and work that failed ends the writing of progress.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = WorkAsync(operation, ends.Token);
        try
        {
            await responses.WriteAllAsync(MessagesAsync, message => message, ends.Token);
        }
        catch
        {
            await ends.CancelAsync();
            await Task.WhenAny(work);
            throw;
        }

        foreach (var result in await work)
        {
            await responses.WriteAsync(OfResult(result), cancellationToken);
        }
    }

    private async IAsyncEnumerable<TMessage> MessagesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _progress.Reader.WaitToReadAsync(cancellationToken))
        {
            while (_progress.Reader.TryRead(out var progress))
            {
                while (_warnings.TryDequeue(out var warning))
                {
                    yield return OfWarning(warning);
                }

                yield return OfProgress(progress);
            }
        }

        while (_warnings.TryDequeue(out var warning))
        {
            yield return OfWarning(warning);
        }
    }

    private async Task<IReadOnlyList<TResult>> WorkAsync(Operation operation, CancellationToken cancellationToken)
    {
        try
        {
            return await operation(new ProgressWriter(_progress.Writer), _warnings.Enqueue, cancellationToken);
        }
        finally
        {
            _progress.Writer.Complete();
        }
    }
}
