using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Shows how far an import has come: one record for the archive, one below it for each part that is worked on.</summary>
internal sealed class ImportProgress(Cmdlet cmdlet, string source)
{
    private const int Id = 1;

    private readonly Dictionary<string, int> _parts = [];

    /// <summary>Takes reports of another thread to the pipeline's.</summary>
    public IProgress<ImageProgress> Through(PipelinePump pump) => new Reporter(this, pump);

    /// <summary>Takes everything off the screen.</summary>
    public void Complete()
    {
        foreach (int id in _parts.Values.Append(Id))
        {
            cmdlet.WriteProgress(new ProgressRecord(id, "Done", "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Show(ImageProgress report)
    {
        if (_parts.Count == 0)
        {
            cmdlet.WriteProgress(new ProgressRecord(Id, "Importing an image", source));
        }

        if (!_parts.TryGetValue(report.Item, out int id))
        {
            id = Id + 1 + _parts.Count;
            _parts.Add(report.Item, id);
        }

        bool done = report.Total is { } total && report.Current >= total;
        cmdlet.WriteProgress(new ProgressRecord(id, report.Item, report.Activity)
        {
            ParentActivityId = Id,
            PercentComplete = report.Total is > 0 and { } all ? (int)Math.Clamp(100 * (double)report.Current / all, 0, 100) : -1,
            RecordType = done ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });
    }

    private sealed class Reporter(ImportProgress progress, PipelinePump pump) : IProgress<ImageProgress>
    {
        // A report that the pipeline has no room for is one that nobody would see: the next one says more.
        public void Report(ImageProgress value) => pump.TryPost(() => progress.Show(value));
    }
}
