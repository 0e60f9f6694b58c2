using System.Text;
using CsCheck;
using Engine.Linux.Logs;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Logs;

public sealed class ContainerLogTests : IDisposable
{
    private const string Time = "2024-01-01T00:00:00.000000000+00:00";

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_tail_is_what_reading_all_and_counting_gives()
    {
        // Records of 1 to 70,000 bytes on both streams, in pieces and whole: what the tail must find is told by a plain model.
        Gen<(bool Error, bool Partial, int Length)> record = Gen.Select(Gen.Bool, Gen.Bool, Gen.Frequency((20, Gen.Int[0, 50]), (1, Gen.Int[60_000, 70_000])));
        string path = _directory.File("log");
        List<string> faults = [];
        await Gen.Select(record.Array[0, 40], Gen.Long[0, 12]).SampleAsync(
            async (records, lines) =>
            {
                string file = path + Guid.NewGuid();
                await File.WriteAllTextAsync(file, string.Concat(records.Select((r, i) => Line(r.Error, r.Partial, $"{i}:" + new string('x', r.Length)))), Token);
                List<int> seen = await Read(file, new LogReadOptions { Tail = lines });
                File.Delete(file);
                return seen.SequenceEqual(LastLines(records, lines));
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public async Task Following_ends_when_the_end_is_told_and_nothing_is_missed()
    {
        string path = _directory.File("log");
        TaskCompletionSource ended = new();
        await File.WriteAllTextAsync(path, Line(false, false, "0:"), Token);
        Task<List<int>> reading = Read(path, new LogReadOptions { Completed = ended.Task });
        await using (FileStream writer = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            for (int i = 1; i <= 5_000; i++)
            {
                // Cut anywhere: a reader must wait for the rest of a record.
                byte[] line = Encoding.ASCII.GetBytes(Line(i % 3 == 0, false, $"{i}:"));
                int cut = i % line.Length;
                await writer.WriteAsync(line.AsMemory(0, cut), Token);
                await writer.FlushAsync(Token);
                await writer.WriteAsync(line.AsMemory(cut), Token);
            }
        }

        ended.SetResult();

        Assert.Equal(Enumerable.Range(0, 5_001), await reading.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task Following_from_the_tail_gives_the_last_lines_and_then_all_that_is_new()
    {
        string path = _directory.File("log");
        TaskCompletionSource ended = new();
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Range(0, 100).Select(i => Line(false, false, $"{i}:"))), Token);
        Task<List<int>> reading = Read(path, new LogReadOptions { Completed = ended.Task, Tail = 2 });
        await File.AppendAllTextAsync(path, Line(true, false, "100:"), Token);
        ended.SetResult();

        List<int> seen = await reading.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(100, seen[^1]);
        Assert.True(seen.Count is 2 or 3 && seen.SequenceEqual(Enumerable.Range(101 - seen.Count, seen.Count)), string.Join(',', seen));
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_empty()
    {
        Assert.Empty(await Read(_directory.File("nothing"), new LogReadOptions()));
        Assert.Empty(await Read(_directory.File("nothing"), new LogReadOptions { Completed = Task.CompletedTask, Tail = 5 }));
    }

    [Fact]
    public async Task A_line_without_end_does_not_fill_the_memory()
    {
        string path = _directory.File("log");
        await using (FileStream file = File.Create(path))
        {
            file.Write(new byte[20 << 20]);
            file.Write(Encoding.ASCII.GetBytes("\n" + Line(false, false, "7:")));
        }

        Assert.Equal([7], await Read(path, new LogReadOptions()));
    }

    [Fact]
    public async Task Cancelling_ends_the_following()
    {
        string path = _directory.File("log");
        await File.WriteAllTextAsync(path, Line(false, false, "0:"), Token);
        using CancellationTokenSource cancelled = new();
        TaskCompletionSource never = new();
        Task<List<int>> reading = Read(path, new LogReadOptions { Completed = never.Task }, cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    private static string Line(bool error, bool partial, string text) => $"{Time} {(error ? "stderr" : "stdout")} {(partial ? 'P' : 'F')} {text}\n";

    private static async Task<List<int>> Read(string path, LogReadOptions options, CancellationToken? token = null)
    {
        List<int> seen = [];
        await foreach (ReadOnlyMemory<byte> chunk in ContainerLog.ReadAsync(path, options, token ?? Token))
        {
            ReadOnlySpan<byte> rest = chunk.Span;
            while (LogRecord.TryRead(ref rest, out LogRecord record))
            {
                seen.Add(int.Parse(record.Content[..record.Content.IndexOf((byte)':')], System.Globalization.CultureInfo.InvariantCulture));
            }

            Assert.True(rest.IsEmpty, "A chunk ended within a record.");
        }

        return seen;
    }

    private static IEnumerable<int> LastLines((bool Error, bool Partial, int Length)[] records, long count)
    {
        // A line is the records of one stream up to a full one; lines are in the order of their ends; unfinished ones come last
        // in the order of their last records.
        List<List<int>> lines = [];
        List<int> output = [];
        List<int> error = [];
        for (int i = 0; i < records.Length; i++)
        {
            List<int> line = records[i].Error ? error : output;
            line.Add(i);
            if (!records[i].Partial)
            {
                lines.Add([.. line]);
                line.Clear();
            }
        }

        lines.AddRange(new[] { output, error }.Where(line => line.Count > 0));
        return lines.OrderBy(line => line[^1]).TakeLast((int)count).SelectMany(line => line).Order();
    }
}
