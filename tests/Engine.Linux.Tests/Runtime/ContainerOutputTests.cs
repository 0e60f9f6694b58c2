using System.Text;
using Engine.Linux.Logs;
using Engine.Linux.Runtime;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Runtime;

public sealed class ContainerOutputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Binary_output_comes_back_byte_for_byte()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        byte[] output = new byte[3_000_001];
        new Random(7).NextBytes(output);
        byte[] error = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i % 251 == 0 ? '\n' : i))];
        await File.WriteAllBytesAsync(fixture.RootFileSystem + "/output", output, Token);
        await File.WriteAllBytesAsync(fixture.RootFileSystem + "/error", error, Token);
        MonitorOptions options = fixture.Container("binary", "sh", "-c", "cat /error >&2 & cat /output; wait");

        await fixture.RunAsync(options);

        (byte[] seenOutput, byte[] seenError) = await Read(options.LogPath);
        Assert.True(output.AsSpan().SequenceEqual(seenOutput), $"Output differs: {output.Length} bytes written, {seenOutput.Length} read.");
        Assert.True(error.AsSpan().SequenceEqual(seenError), $"Error differs: {error.Length} bytes written, {seenError.Length} read.");
    }

    [Fact]
    public async Task When_the_exit_is_seen_the_log_is_whole()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        const int Size = 50_000_000;
        MonitorOptions options = fixture.Container("big", "sh", "-c", $"yes 0123456789012345678901234567890123456789 | head -c {Size}");

        await fixture.RunAsync(options);

        Assert.Equal(Size, (await Read(options.LogPath)).Output.Length);
    }

    [Fact]
    public async Task Many_short_containers_lose_no_line()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (i, _) =>
        {
            MonitorOptions options = fixture.Container($"short{i}", "sh", "-c", $"seq 1 2000; echo last {i}");
            MonitoredExit exit = await fixture.RunAsync(options);
            string text = Encoding.ASCII.GetString((await Read(options.LogPath)).Output);
            Assert.Equal(0, exit.Code);
            Assert.EndsWith($"\n2000\nlast {i}\n", text, StringComparison.Ordinal);
            Assert.Equal(2001, text.Count(c => c == '\n'));
        });
    }

    [Fact]
    public async Task A_follower_sees_a_containers_output_to_its_end()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        MonitorOptions options = fixture.Container("followed", "sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10; do seq 1 1000; done");
        using MonitoredContainer container = await fixture.Monitor.CreateAsync(fixture.Runtime, options, Token);
        Task<(byte[] Output, byte[] Error)> following = Read(options.LogPath, container.WaitForExitAsync(Token));
        await fixture.Runtime.StartAsync("followed", cancellationToken: Token);

        (byte[] output, _) = await following.WaitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.Equal(10_000, output.Count(b => b == '\n'));
    }

    [Fact]
    public async Task A_container_with_a_terminal_has_one()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        MonitorOptions options = fixture.Container("tty", new BundleOptions { Command = ["sh", "-c", "test -t 0 && test -t 1 && echo terminal"], Terminal = true });

        MonitoredExit exit = await fixture.RunAsync(options);

        Assert.Equal(0, exit.Code);
        Assert.Equal("terminal\r\n", Encoding.ASCII.GetString((await Read(options.LogPath)).Output));
    }

    private static async Task<(byte[] Output, byte[] Error)> Read(string path, Task? completed = null)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        await foreach (ReadOnlyMemory<byte> chunk in ContainerLog.ReadAsync(path, new LogReadOptions { Completed = completed }, Token))
        {
            ReadOnlySpan<byte> rest = chunk.Span;
            while (LogRecord.TryRead(ref rest, out LogRecord record))
            {
                (record.Stream == LogStream.Output ? output : error).Write(record.Content);
            }
        }

        return (output.ToArray(), error.ToArray());
    }
}
