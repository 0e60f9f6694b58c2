using System.Security.Cryptography;
using System.Text;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class LogTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task The_two_streams_are_told_apart()
    {
        RunResult run = await RunAsync(Script("echo one; echo two >&2; echo three"));
        Assert.Equal(("one\nthree\n", "two\n"), (run.Output, run.Error));
    }

    [Fact]
    public async Task One_stream_can_be_asked_for()
    {
        RunResult run = await RunAsync(Script("echo one; echo two >&2"));
        var (output, error) =
            await LogBytesAsync(run.Container, new ContainerLogQuery { Streams = [ContainerStream.Error] });
        Assert.Equal(("", "two\n"), (Encoding.UTF8.GetString(output), Encoding.UTF8.GetString(error)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(1000, 10)]
    public async Task The_last_lines_can_be_asked_for(int tail, int expected)
    {
        RunResult run = await RunAsync(Config("seq", "1", "10"));
        List<string> lines = await LinesAsync(run.Container, new ContainerLogQuery { Tail = tail });
        Assert.Equal(Enumerable.Range(11 - expected, expected).Select(i => $"{i}"), lines);
    }

    [Fact]
    public async Task A_line_s_time_is_when_it_was_written_and_times_select_lines()
    {
        RunResult run = await RunAsync(Script("echo one; sleep 0.3; echo two"));
        List<ContainerLogEntry> entries = await EntriesAsync(run.Container, new ContainerLogQuery());
        Assert.Equal(2, entries.Count);
        Assert.InRange(entries[1].Time - entries[0].Time, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(20));
        Assert.InRange(
            entries[0].Time, run.Container.StartedAt!.Value.AddSeconds(-2),
            run.Container.FinishedAt!.Value.AddSeconds(1));
        DateTimeOffset between = entries[0].Time + ((entries[1].Time - entries[0].Time) / 2);
        Assert.Equal(["two"], await LinesAsync(run.Container, new ContainerLogQuery { Since = between }));
        Assert.Equal(["one"], await LinesAsync(run.Container, new ContainerLogQuery { Until = between }));
    }

    [Fact]
    public async Task Following_gives_each_line_when_it_comes_and_ends_with_the_container()
    {
        Container container = await StartReadyAsync(
            Script("trap 'echo told; exit 0' USR1; echo ready; while true; do sleep 1000 & wait; done"));
        var lines = new List<string>();
        await foreach (
            ContainerLogEntry entry in await Containers.OpenLogAsync(
                container.Id, new ContainerLogQuery { Follow = true }, Cancel))
        {
            lines.Add(Text(entry));
            if (lines.Count == 1)
            {
                await Containers.SignalAsync(container.Id, "USR1", Cancel);
            }
        }

        Assert.Equal(["ready", "told"], lines);
    }

    [Fact]
    public async Task Following_with_a_tail_of_nothing_gives_only_what_is_new()
    {
        Container container = await StartReadyAsync(
            Script("trap 'echo told; exit 0' USR1; echo ready; while true; do sleep 1000 & wait; done"));
        IAsyncEnumerable<ContainerLogEntry> log =
            await Containers.OpenLogAsync(container.Id, new ContainerLogQuery { Follow = true, Tail = 0 }, Cancel);
        await Containers.SignalAsync(container.Id, "USR1", Cancel);
        var lines = new List<string>();
        await foreach (ContainerLogEntry entry in log)
        {
            lines.Add(Text(entry));
        }

        Assert.Equal(["told"], lines);
    }

    [Fact]
    public async Task Following_a_container_that_has_ended_ends()
    {
        RunResult run = await RunAsync(Config("echo", "x"));
        Assert.Equal(["x"], await LinesAsync(run.Container, new ContainerLogQuery { Follow = true }));
    }

    [Fact]
    public async Task A_follower_ends_when_the_container_is_removed()
    {
        Container container = await StartReadyAsync();
        IAsyncEnumerable<ContainerLogEntry> log =
            await Containers.OpenLogAsync(container.Id, new ContainerLogQuery { Follow = true }, Cancel);
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        var lines = new List<string>();
        await foreach (ContainerLogEntry entry in log)
        {
            lines.Add(Text(entry));
        }

        Assert.Equal(["ready"], lines);
    }

    [Fact]
    public async Task The_log_of_a_container_that_was_never_started_is_empty() =>
        Assert.Empty(await LinesAsync(await CreateAsync(Config("true")), new ContainerLogQuery()));

    [Fact]
    public async Task Every_byte_comes_back_as_it_was_written()
    {
        // 256 kB of chance: every byte, with newlines where they fall.
        RunResult run = await RunAsync(Script("head -c 262144 /dev/urandom | tee /copy"));
        var (output, _) = await LogBytesAsync(run.Container, new ContainerLogQuery());
        string copy = Path.Combine(Engine.DataRoot, "containers", run.Container.Id, "upper", "copy");
        byte[] written = await File.ReadAllBytesAsync(copy, Cancel);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(written)), Convert.ToHexString(SHA256.HashData(output)));
    }

    [Fact]
    public async Task A_line_of_a_megabyte_comes_in_pieces_and_whole()
    {
        RunResult run = await RunAsync(Script("head -c 1048576 /dev/zero | tr '\\0' x; echo; echo after"));
        Assert.Equal(new string('x', 1048576) + "\nafter\n", run.Output);
        Assert.Equal(["after"], await LinesAsync(run.Container, new ContainerLogQuery { Tail = 1 }));
    }

    [Fact]
    public async Task A_last_line_without_a_newline_is_partial()
    {
        RunResult run = await RunAsync(Config("printf", "one\\ntwo"));
        List<ContainerLogEntry> entries = await EntriesAsync(run.Container, new ContainerLogQuery());
        Assert.Equal(["one", "two"], entries.Select(Text));
        Assert.Equal([false, true], entries.Select(e => e.Partial));
    }

    [Fact]
    public async Task Empty_lines_are_lines()
    {
        RunResult run = await RunAsync(Config("printf", "\\n\\na\\n\\n"));
        Assert.Equal(["", "", "a", ""], await LinesAsync(run.Container, new ContainerLogQuery()));
        Assert.Equal("\n\na\n\n", run.Output);
    }

    [Fact]
    public async Task A_hundred_thousand_lines_come_back_in_order()
    {
        RunResult run = await RunAsync(Config("seq", "1", "100000"));
        List<string> lines = await LinesAsync(run.Container, new ContainerLogQuery());
        Assert.Equal(100_000, lines.Count);
        Assert.Equal(Enumerable.Range(1, 100_000).Select(i => $"{i}"), lines);
        Assert.Equal(["99999", "100000"], await LinesAsync(run.Container, new ContainerLogQuery { Tail = 2 }));
    }

    [Fact]
    public async Task A_second_run_s_log_follows_the_first_one_s()
    {
        Container container = await CreateAsync(Config("echo", "run"));
        await RunAsync(container);
        Assert.Equal("run\nrun\n", (await RunAsync(container)).Output);
    }

    [Fact]
    public async Task A_reader_that_stalls_holds_up_nobody()
    {
        Container container = await CreateAsync(Config("seq", "1", "200000"));
        Task<ContainerExit> wait =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NextExit, Cancel);
        IAsyncEnumerable<ContainerLogEntry> unread =
            await Containers.OpenLogAsync(container.Id, new ContainerLogQuery { Follow = true }, Cancel);
        await Containers.StartAsync(container.Id, Cancel);
        Assert.Equal(0, (await wait).ExitCode);
        int count = 0;
        await foreach (ContainerLogEntry entry in unread)
        {
            count += entry.Partial ? 0 : 1;
        }

        Assert.Equal(200_000, count);
    }

    [Fact]
    public async Task A_negative_tail_is_refused() =>
        await FailsAsync(
            EngineErrorReason.InvalidFilter,
            async () => await LinesAsync(await CreateAsync(Config("true")), new ContainerLogQuery { Tail = -1 }));

    private static string Text(ContainerLogEntry entry) => Encoding.UTF8.GetString(entry.Content.Span);

    private async Task<List<ContainerLogEntry>> EntriesAsync(Container container, ContainerLogQuery query)
    {
        var entries = new List<ContainerLogEntry>();
        await foreach (ContainerLogEntry entry in await Containers.OpenLogAsync(container.Id, query, Cancel))
        {
            entries.Add(entry);
        }

        return entries;
    }

    // A long line, or one that two reads of the monitor share, comes in pieces.
    private async Task<List<string>> LinesAsync(Container container, ContainerLogQuery query)
    {
        var lines = new List<string>();
        var pieces = new StringBuilder();
        foreach (ContainerLogEntry entry in await EntriesAsync(container, query))
        {
            pieces.Append(Text(entry));
            if (!entry.Partial)
            {
                lines.Add(pieces.ToString());
                pieces.Clear();
            }
        }

        return pieces.Length == 0 ? lines : [.. lines, pieces.ToString()];
    }
}
