using System.Globalization;
using System.Text;
using Engine.Benchmarks.Pulls;

namespace Engine.Benchmarks;

/// <summary>Prints what was measured, with each figure's ratio to the first engine's.</summary>
internal static class ResultTable
{
    public static string Of(IReadOnlyList<Measurement> results)
    {
        string[][] rows =
        [
            ["engine", "first answer", "idle memory", "one: p50", "p90", "8 clients", "a container's monitor",
                "p50 ratio", "rate ratio"],
            .. results.Select(r => (string[])
            [
                r.Name, Milliseconds(r.Ready), Mebibytes(r.IdleMemory), Milliseconds(r.Median),
                Milliseconds(r.Percentile90),
                Text($"{r.PerSecond:0.0}/s"), Mebibytes(r.Overhead),
                Text($"{r.Median / results[0].Median:0.0}"), Text($"{results[0].PerSecond / r.PerSecond:0.0}"),
            ]),
        ];
        return Table(rows);
    }

    public static string Of(IReadOnlyList<PullMeasurement> results) => Table(
    [
        ["engine", "pull: best", "p50", "processor", "peak memory", "best ratio"],
        .. results.Select(r => (string[])
        [
            r.Name, Milliseconds(r.Best), Milliseconds(r.Median), Milliseconds(r.Processor),
            Mebibytes(r.PeakMemory),
            Text($"{r.Best / results[0].Best:0.0}"),
        ]),
    ]);

    private static string Table(string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var table = new StringBuilder();
        foreach (string[] row in rows)
        {
            table.AppendJoin(
                "  ",
                row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])));
            table.AppendLine();
        }

        return table.ToString();
    }

    private static string Milliseconds(TimeSpan? time) =>
        time is { } known ? Text($"{known.TotalMilliseconds:0.0} ms") : "-";

    private static string Mebibytes(long? bytes) =>
        bytes is { } known ? Text($"{known / (double)(1 << 20):0.0} MiB") : "-";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
