using System.Text;
using Engine.Core.Logs;

namespace Engine.Core.Tests.Logs;

public sealed class LogBatchesTests
{
    private const string Log =
        "2026-01-01T00:00:00.000000000+00:00 stdout F one\n"
        + "2026-01-01T00:00:01.000000000+00:00 stderr F two\n"
        + "2026-01-01T00:00:02.000000000+00:00 stdout P thr\n"
        + "2026-01-01T00:00:03.000000000+00:00 stdout F ee\n";

    [Fact]
    public void Records_become_entries_in_their_order()
    {
        var entries = Read(new ContainerLogQuery());
        Assert.Equal(["one", "two", "thr", "ee"], entries.Select(Text));
        Assert.Equal([false, false, true, false], entries.Select(entry => entry.Partial));
        Assert.Equal(ContainerStream.Error, entries[1].Stream);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero), entries[1].Time);
    }

    [Fact]
    public void Only_the_streams_that_were_asked_for_are_told() =>
        Assert.Equal(["two"], Read(new ContainerLogQuery { Streams = [ContainerStream.Error] }).Select(Text));

    [Fact]
    public void Times_bound_what_is_told_and_both_ends_count()
    {
        var entries = Read(new ContainerLogQuery
        {
            Since = new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero),
            Until = new DateTimeOffset(2026, 1, 1, 0, 0, 2, TimeSpan.Zero),
        });
        Assert.Equal(["two", "thr"], entries.Select(Text));
    }

    [Fact]
    public void A_large_log_comes_in_batches_that_fit_a_message()
    {
        var log = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            log.Append("2026-01-01T00:00:00.000000000+00:00 stdout F ").Append(i).Append(new string('x', i % 300)).Append('\n');
        }

        var batches = new LogBatches(new ContainerLogQuery()).Of(Encoding.UTF8.GetBytes(log.ToString())).ToList();
        Assert.All(batches, batch => Assert.InRange(batch.Sum(entry => entry.Content.Length), 1, 128 * 1024));
        Assert.All(batches, batch => Assert.InRange(batch.Count, 1, 1024));
        Assert.Equal(
            Enumerable.Range(0, 20_000).Select(i => i + new string('x', i % 300)),
            batches.SelectMany(batch => batch).Select(Text));
    }

    private static List<ContainerLogEntry> Read(ContainerLogQuery query) =>
        [.. new LogBatches(query).Of(Encoding.UTF8.GetBytes(Log)).SelectMany(batch => batch)];

    private static string Text(ContainerLogEntry entry) => Encoding.UTF8.GetString(entry.Content.Span);
}
