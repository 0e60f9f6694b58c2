using System.Collections.Concurrent;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes reports to the pipeline's thread, and waits for nobody.</summary>
internal sealed class PipelineReports(Cmdlet cmdlet, PipelinePump pump) : IWorkReports
{
    private readonly ConcurrentQueue<Action> _late = new();
    private int _activities;

    public int NextActivity() => Interlocked.Increment(ref _activities);

    public void Progress(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Post(() => cmdlet.WriteProgress(record));
        }
        else
        {
            // One that the pipeline has no room for is one that nobody would see: the next one says more.
            pump.TryPost(() => cmdlet.WriteProgress(record));
        }
    }

    public void Warn(string message) => Post(() => cmdlet.WriteWarning(message));

    /// <summary>What there was no room for; on the pipeline's thread, after the work.</summary>
    public void WriteLate()
    {
        while (_late.TryDequeue(out Action? write))
        {
            write();
        }
    }

    // Once one is late, all are: they keep their order.
    private void Post(Action write)
    {
        if (!_late.IsEmpty || !pump.TryPost(write))
        {
            _late.Enqueue(write);
        }
    }
}
