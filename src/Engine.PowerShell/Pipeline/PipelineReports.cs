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
        // One that the pipeline has no room for is one that nobody would see: the next one says more. The last one has
        // no next one.
        if (!pump.TryPost(() => cmdlet.WriteProgress(record)) && record.RecordType == ProgressRecordType.Completed)
        {
            _late.Enqueue(() => cmdlet.WriteProgress(record));
        }
    }

    public void Warn(string message)
    {
        if (!pump.TryPost(() => cmdlet.WriteWarning(message)))
        {
            _late.Enqueue(() => cmdlet.WriteWarning(message));
        }
    }

    /// <summary>What there was no room for; on the pipeline's thread, after the work.</summary>
    public void WriteLate()
    {
        while (_late.TryDequeue(out Action? write))
        {
            write();
        }
    }
}
