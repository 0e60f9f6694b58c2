using System.Management.Automation;
using Engine.Commands;

namespace Engine;

/// <summary>
/// Work on engines that goes on behind the prompt: what -AsJob starts. Output and errors wait for Receive-Job; to stop it
/// ends its calls on the engines, as Ctrl+C does to a cmdlet. One failure, be it of many, makes it a failed job.
/// </summary>
public sealed partial class EngineJob : Job
{
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    private EngineJob(string command, string location)
        : base(command, null)
    {
        Location = location;
        PSJobTypeName = nameof(EngineJob);
    }

    /// <inheritdoc/>
    public override string Location { get; }

    /// <inheritdoc/>
    public override string StatusMessage => "";

    /// <inheritdoc/>
    public override bool HasMoreData => Output.IsOpen || Output.Count > 0 || Error.Count > 0 || Warning.Count > 0;

    /// <summary>Stops it, and waits until its calls have ended.</summary>
    public override void StopJob()
    {
        _stop.Cancel();
        // Receive-Job -AutoRemoveJob disposes of the job from within its last change of state, on the thread of the work.
        if (JobStateInfo.State == JobState.Running)
        {
            _work.GetAwaiter().GetResult();
        }
    }

    /// <summary>Starts to read streams, side by side.</summary>
    /// <param name="command">What the user typed.</param>
    /// <param name="location">The engines that are worked with.</param>
    /// <param name="sources">What opens each stream, and the object that its errors are about.</param>
    internal static EngineJob Start<T>(
        string command,
        string location,
        IReadOnlyList<(Func<CancellationToken, IAsyncEnumerable<T>> Open, object? Target)> sources)
    {
        var job = new EngineJob(command, location);
        job.Begin(sources, int.MaxValue);
        return job;
    }

    /// <summary>Starts pieces of work, side by side; what they tell meanwhile is in the job's own streams.</summary>
    /// <param name="command">What the user typed.</param>
    /// <param name="location">The engines that are worked with.</param>
    /// <param name="works">The work.</param>
    /// <param name="limit">How many pieces go on at once.</param>
    internal static EngineJob Start<T>(
        string command, string location, IReadOnlyList<EngineWork<T>> works, int limit)
    {
        var job = new EngineJob(command, location);
        var reports = new Reports(job);
        job.Begin<T>([.. works.Select(w => w.Reporting(reports))], limit);
        return job;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
        }

        // The source of the token has no timer and no handle to give back; a second Stop-Job may still come to it.
        base.Dispose(disposing);
    }

    private void Begin<T>(
        IReadOnlyList<(Func<CancellationToken, IAsyncEnumerable<T>> Open, object? Target)> sources, int limit)
    {
        SetJobState(JobState.Running);
        _work = Task.Run(() => RunAsync(new StreamMerge<T>(sources, _stop.Token, limit)));
    }

    private async Task RunAsync<T>(StreamMerge<T> merge)
    {
        JobState end = JobState.Completed;
        try
        {
            await foreach (StreamMerge<T>.Next next in merge.ReadAsync(_stop.Token).ConfigureAwait(false))
            {
                if (next.Error is null)
                {
                    Output.Add(PSObject.AsPSObject(next.Item));
                }
                else
                {
                    Error.Add(ErrorRecords.From(next.Error, next.Target));
                    end = JobState.Failed;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            end = JobState.Stopped;
        }
        catch (Exception e)
        {
            // Nobody waits for this task: what is not put into the job is lost.
            Error.Add(ErrorRecords.From(e));
            end = JobState.Failed;
        }

        SetJobState(end);
    }
}
