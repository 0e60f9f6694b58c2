using System.Globalization;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>
/// Shows how far images have come: one record for the whole, one below it for each layer or file that is worked on. For
/// one call at a time.
/// </summary>
/// <param name="reports">Where it is shown.</param>
/// <param name="activity">What is done: <c>Installing image</c>.</param>
/// <param name="subject">To what: <c>busybox:latest</c>.</param>
internal sealed class TransferProgress(IWorkReports reports, string activity, string subject) : IProgress<ImageProgress>
{
    // More than a person can read. What changes in another way than by its number is shown at once.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly int _id = reports.NextActivity();
    private readonly Dictionary<string, Part> _parts = [];
    private int _percent = -1;

    /// <summary>Shows that it has begun.</summary>
    public void Begin() => reports.Progress(new ProgressRecord(_id, activity, subject));

    /// <inheritdoc/>
    public void Report(ImageProgress value)
    {
        if (!_parts.TryGetValue(value.Item, out Part? part))
        {
            _parts.Add(value.Item, part = new Part(reports.NextActivity()));
        }

        long now = TimeProvider.System.GetTimestamp();
        bool ended = value.Total is { } total && value.Current >= total;
        bool news = part.Last?.Activity != value.Activity || ended != part.Ended;
        part.Last = value;
        part.Ended = ended;
        if (!news && TimeProvider.System.GetElapsedTime(part.ShownAt, now) < s_interval)
        {
            return;
        }

        part.ShownAt = now;
        ShowWhole();
        reports.Progress(new ProgressRecord(part.Id, value.Item, Text(value))
        {
            ParentActivityId = _id,
            PercentComplete = value.Total is > 0 and { } all ? Percent(value.Current, all) : -1,
            RecordType = ended ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        });
    }

    /// <summary>Takes everything off the screen.</summary>
    public void Complete()
    {
        foreach (Part part in _parts.Values.Where(p => !p.Ended))
        {
            reports.Progress(Completed(part.Id, part.Last!.Item, _id));
        }

        reports.Progress(Completed(_id, activity, -1));
    }

    private static ProgressRecord Completed(int id, string activity, int parent) =>
        new(id, activity, "Done") { ParentActivityId = parent, RecordType = ProgressRecordType.Completed };

    private static string Text(ImageProgress value) => value switch
    {
        { Current: 0 } => value.Activity,
        { Total: { } total } => $"{value.Activity}: {Display.Size(value.Current)} of {Display.Size(total)}",
        _ => $"{value.Activity}: {Display.Size(value.Current)}",
    };

    private static int Percent(double current, double total) => (int)Math.Clamp(100 * current / total, 0, 100);

    private void ShowWhole()
    {
        // A layer that has come is then unpacked, and begins again at nothing: the whole never goes back.
        ImageProgress[] all = [.. _parts.Values.Select(p => p.Last!)];
        if (all.All(p => p.Total is not null) && all.Sum(p => p.Total) is > 0 and { } total)
        {
            _percent = Math.Max(_percent, Percent(all.Sum(p => Math.Min(p.Current, p.Total!.Value)), total));
        }

        string count = string.Create(
            CultureInfo.InvariantCulture, $"{subject} ({_parts.Values.Count(p => p.Ended)} of {_parts.Count})");
        reports.Progress(new ProgressRecord(_id, activity, count) { PercentComplete = _percent });
    }

    private sealed class Part(int id)
    {
        public int Id => id;

        public ImageProgress? Last { get; set; }

        public bool Ended { get; set; }

        public long ShownAt { get; set; }
    }
}
