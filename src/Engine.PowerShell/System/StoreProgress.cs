using System.Globalization;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Shows how far the check of a store has come.</summary>
internal sealed class StoreProgress(IWorkReports reports, string engine) : IProgress<StoreCheckProgress>
{
    private readonly int _id = reports.NextActivity();
    private int _percent = -1;

    private string Activity => $"Checking the store of {engine}";

    /// <inheritdoc/>
    public void Report(StoreCheckProgress value)
    {
        // A store has thousands of small things: a record for each would keep the check waiting for the screen.
        int percent = value.Total > 0 ? (int)Math.Clamp(100.0 * value.Current / value.Total, 0, 100) : 0;
        if (percent != _percent)
        {
            _percent = percent;
            string status = string.Create(
                CultureInfo.InvariantCulture, $"{Display.ShortId(value.Item)} ({value.Current} of {value.Total})");
            reports.Progress(new ProgressRecord(_id, Activity, status) { PercentComplete = percent });
        }
    }

    /// <summary>Takes it off the screen.</summary>
    public void Complete() => reports.Progress(
        new ProgressRecord(_id, Activity, "Done") { RecordType = ProgressRecordType.Completed });
}
