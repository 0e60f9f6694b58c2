using System.Globalization;
using System.Management.Automation;
using System.Text;
using Engine.Shell.Interactive;

namespace Engine.Shell.Hosting;

/// <summary>
/// Draws the newest progress record on the line that the cursor is on, and takes it away before other output.
/// </summary>
internal sealed class ProgressDisplay(bool enabled, TimeProvider time)
{
    private const int BarWidth = 20;

    // A pull reports thousands of records a second; the eye follows ten.
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly List<(long Source, ProgressRecord Record)> _active = [];
    private long _lastDrawn;
    private bool _shown;

    /// <summary>Takes a record in: an activity's news, or its end.</summary>
    public void Show(long source, ProgressRecord record)
    {
        if (!enabled)
        {
            return;
        }

        var known = _active.FindIndex(a => a.Source == source && a.Record.ActivityId == record.ActivityId);
        if (known >= 0)
        {
            _active.RemoveAt(known);
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Hide();
            return;
        }

        _active.Add((source, record));
        if (known < 0 || !_shown || time.GetElapsedTime(_lastDrawn) >= s_interval)
        {
            Draw(record);
        }
    }

    /// <summary>Wipes the line, if it is on the screen.</summary>
    public void Hide()
    {
        if (_shown)
        {
            Console.Out.Write("\r\e[K");
            _shown = false;
        }
    }

    private void Draw(ProgressRecord record)
    {
        var line = Describe(record);
        // The last column stays free: text there would wrap, and a wrapped line could not be wiped.
        var width = Math.Max(1, TerminalWidth.Columns - 1);
        Console.Out.Write("\r\e[K" + (line.Length > width ? line[..width] : line));
        Console.Out.Flush();
        _lastDrawn = time.GetTimestamp();
        _shown = true;
    }

    private static string Describe(ProgressRecord record)
    {
        var line = new StringBuilder(record.Activity);
        if (record.PercentComplete is >= 0 and <= 100)
        {
            var filled = record.PercentComplete * BarWidth / 100;
            line.Append(" [").Append('#', filled).Append(' ', BarWidth - filled).Append("] ")
                .Append(record.PercentComplete.ToString(CultureInfo.InvariantCulture)).Append('%');
        }

        foreach (var part in new[] { record.StatusDescription, record.CurrentOperation })
        {
            if (!string.IsNullOrWhiteSpace(part))
            {
                line.Append(' ').Append(part);
            }
        }

        if (record.SecondsRemaining >= 0)
        {
            line.Append(CultureInfo.InvariantCulture, $" {TimeSpan.FromSeconds(record.SecondsRemaining):c} left");
        }

        return line.Replace('\n', ' ').Replace('\r', ' ').ToString();
    }
}
