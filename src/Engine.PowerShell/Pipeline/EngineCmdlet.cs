using System.Management.Automation;

namespace Engine.Commands;

/// <summary>
/// The base of the cmdlets: which engines they talk to, how asynchronous work reaches the pipeline, and how failures
/// become error records. Work stops when the pipeline does, on the engine too.
/// </summary>
public abstract partial class EngineCmdlet : PSCmdlet
{
    /// <summary>
    /// The engines to talk to: connections, names of connections, or addresses. By default the engine that an object
    /// came from, else the session's.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EngineTransformation]
    [EngineCompleter]
    [ValidateNotNullOrEmpty]
    public EngineConnection[]? Engine { get; set; }

    /// <summary>The engines that the parameters name.</summary>
    private protected IReadOnlyList<EngineConnection> Engines => Engine ?? [EngineSession.Current.Connection];

    /// <summary>Runs work on the thread pool and waits for it.</summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            // On the pool, so that nothing of it ever needs this thread, which waits.
            return Task.Run(() => work(PipelineStopToken), PipelineStopToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Writes what a stream yields, as it comes. A full pipeline holds up the engine, not the memory.</summary>
    private protected void WriteAll<T>(IAsyncEnumerable<T> items)
    {
        try
        {
            foreach (T item in items.ToBlockingEnumerable(PipelineStopToken))
            {
                WriteObject(item);
            }
        }
        catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Writes the streams of all engines, side by side; a failing engine is an error and ends only its own.</summary>
    private protected void WriteFromAll<T>(Func<EngineConnection, CancellationToken, IAsyncEnumerable<T>> open) =>
        WriteMerged(FromAll(open));

    /// <summary>The streams of all engines.</summary>
    private protected IReadOnlyList<(Func<CancellationToken, IAsyncEnumerable<T>> Open, object? Target)> FromAll<T>(
        Func<EngineConnection, CancellationToken, IAsyncEnumerable<T>> open) =>
        [.. Engines.Select(e => ((Func<CancellationToken, IAsyncEnumerable<T>>)(stop => open(e, stop)), (object?)null))];

    /// <summary>Writes streams, side by side; a failure is an error about that stream's target and ends only it.</summary>
    private protected void WriteMerged<T>(
        IReadOnlyList<(Func<CancellationToken, IAsyncEnumerable<T>> Open, object? Target)> sources)
    {
        if (sources is [(var open, var target)])
        {
            Try(() => WriteAll(open(PipelineStopToken)), target);
            return;
        }

        try
        {
            foreach (StreamMerge<T>.Next next in
                new StreamMerge<T>(sources, PipelineStopToken).ReadAsync().ToBlockingEnumerable(PipelineStopToken))
            {
                Write(next);
            }
        }
        catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Reads streams in a job, which outlives the cmdlet, and writes the job.</summary>
    private protected void WriteJob<T>(
        IEnumerable<EngineConnection> engines,
        IReadOnlyList<(Func<CancellationToken, IAsyncEnumerable<T>> Open, object? Target)> sources) =>
        WriteJob(EngineJob.Start(MyInvocation.Statement, Location(engines), sources));

    /// <summary>Runs work; a failure is a non-terminating error.</summary>
    /// <returns>True when it did not fail.</returns>
    private protected bool Try(Action work, object? target)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception e) when (e is EngineException or IOException or UnauthorizedAccessException or ItemNotFoundException)
        {
            WriteError(ErrorRecords.From(e, target));
            return false;
        }
    }

    /// <summary>Ends the cmdlet with an error.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private protected void Fail(Exception error, object? target = null) => ThrowTerminatingError(ErrorRecords.From(error, target));
}
