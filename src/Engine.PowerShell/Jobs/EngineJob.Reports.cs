using System.Management.Automation;
using Engine.Commands;

namespace Engine;

/// <content>What work tells beside its output.</content>
public sealed partial class EngineJob
{
    private sealed class Reports(EngineJob job) : IWorkReports
    {
        // Progress that nobody has received yet is of no use when newer one comes, and a job may run for hours.
        private const int MaxWaiting = 500;

        private int _activities;

        public int NextActivity() => Interlocked.Increment(ref _activities);

        public void Progress(ProgressRecord record)
        {
            if (record.RecordType == ProgressRecordType.Completed || job.Progress.Count < MaxWaiting)
            {
                job.Progress.Add(record);
            }
        }

        public void Warn(string message) => job.Warning.Add(new WarningRecord(message));
    }
}
