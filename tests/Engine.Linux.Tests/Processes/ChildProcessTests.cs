using System.Text;
using Engine.Linux.Processes;
using Engine.Linux.Tests.Fixtures;
using Microsoft.Win32.SafeHandles;

namespace Engine.Linux.Tests.Processes;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 255", 255, null)]
    [InlineData("kill -TERM $$", 143, 15)]
    [InlineData("kill -KILL $$", 137, 9)]
    [InlineData("kill -PIPE $$", 141, 13)]
    public async Task The_way_a_child_ended_is_told(string script, int code, int? signal)
    {
        ChildProcessResult result = await Shell(script);

        Assert.Equal(code, result.Status.Code);
        Assert.Equal(signal, result.Status.Signal?.Number);
    }

    [Fact]
    public async Task Output_and_error_are_kept_apart_and_whole()
    {
        ChildProcessResult result = await Shell("printf 'a\\0b'; printf error >&2; cat /dev/stdin | wc -c");

        Assert.Equal("a\0b0\n"u8.ToArray(), result.Output);
        Assert.Equal("error", result.ErrorText);
    }

    [Fact]
    public async Task Output_over_the_limit_ends_there()
    {
        ChildProcessResult result = await ChildProcess.RunAsync(
            new ChildProcessOptions { FileName = "/bin/sh", Arguments = ["-c", "yes | head -c 1000000"] }, s_limit, outputLimit: 65536, Token);

        Assert.InRange(result.Output.Length, 1, 65536);
    }

    [Fact]
    public async Task A_child_gets_the_descriptors_that_it_was_given_and_no_other()
    {
        using TemporaryDirectory directory = new();
        using SafeFileHandle first = File.OpenHandle(directory.File("first"), FileMode.Create, FileAccess.ReadWrite);
        using SafeFileHandle second = File.OpenHandle(directory.File("second"), FileMode.Create, FileAccess.ReadWrite);

        // Each gets the other's own number, so that a careless order of dup2 would give both the same file.
        int a = (int)first.DangerousGetHandle();
        int b = (int)second.DangerousGetHandle();
        ChildProcessResult result = await ChildProcess.RunAsync(
            new ChildProcessOptions
            {
                FileName = "/bin/bash",
                Arguments = ["-c", $"echo first >&{b}; echo second >&{a}; exec ls /proc/self/fd"],
                Descriptors = new Dictionary<int, System.Runtime.InteropServices.SafeHandle> { [b] = first, [a] = second },
            },
            s_limit, cancellationToken: Token);

        Assert.Equal("", result.ErrorText);
        Assert.Equal("first\n", File.ReadAllText(directory.File("first")));
        Assert.Equal("second\n", File.ReadAllText(directory.File("second")));

        // 3 is the directory that ls reads.
        int[] expected = [0, 1, 2, 3, .. new[] { a, b }.Order()];
        Assert.Equal(expected, Encoding.ASCII.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Order());
    }

    [Fact]
    public async Task Nothing_leaks_into_children_started_at_the_same_time()
    {
        ChildProcessResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => ChildProcess.RunAsync(new ChildProcessOptions { FileName = "/bin/ls", Arguments = ["/proc/self/fd"] }, s_limit, cancellationToken: Token)));

        // 0, 1, 2 and the directory that ls reads.
        Assert.All(results, result => Assert.Equal("0\n1\n2\n3\n", Encoding.ASCII.GetString(result.Output)));
    }

    [Fact]
    public async Task Environment_directory_session_and_signals_are_as_asked()
    {
        ChildProcessResult result = await ChildProcess.RunAsync(
            new ChildProcessOptions
            {
                FileName = "/bin/sh",
                Arguments = ["-c", "echo $NAME; pwd; cut -d' ' -f1,6 /proc/$$/stat; grep -E 'Sig(Blk|Ign)' /proc/$$/status | tr -d '\\t'"],
                Environment = ["NAME=wärd", "PATH=/bin:/usr/bin"],
                WorkingDirectory = "/usr",
                NewSession = true,
            },
            s_limit, cancellationToken: Token);

        string[] lines = Encoding.UTF8.GetString(result.Output).Split('\n');
        Assert.Equal(["wärd", "/usr"], lines[..2]);
        string[] numbers = lines[2].Split(' ');
        Assert.Equal(numbers[0], numbers[1]);
        Assert.Equal("SigBlk:0000000000000000", lines[3]);

        // The C library keeps signals 32 and 33 for itself and lets nobody change them; who ignored them before does still.
        ulong ignored = ulong.Parse(lines[4].AsSpan("SigIgn:".Length), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(0UL, ignored & ~0x1_8000_0000UL);
    }

    [Fact]
    public async Task A_child_that_takes_too_long_is_killed_and_collected()
    {
        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => ChildProcess.RunAsync(
            new ChildProcessOptions { FileName = "/bin/sleep", Arguments = ["1000"] }, TimeSpan.FromMilliseconds(50), cancellationToken: Token));

        Assert.Equal(EngineErrorCode.Timeout, failure.Code);
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_the_child_running()
    {
        using ChildProcess child = ChildProcess.Start(new ChildProcessOptions { FileName = "/bin/sleep", Arguments = ["1000"] });
        using CancellationTokenSource cancelled = new(TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => child.WaitForExitAsync(cancelled.Token));

        Assert.True(child.Send(Signal.Kill));
        Assert.Equal(137, (await child.WaitForExitAsync(Token)).Code);
        Assert.Equal(137, (await child.WaitForExitAsync(Token)).Code);
        Assert.False(child.Send(Signal.Kill));
        Assert.Null(ProcessStatus.TryRead(child.Pid));
    }

    [Fact]
    public void A_program_that_is_not_there_is_told()
    {
        Assert.True(Assert.Throws<LinuxException>(() => ChildProcess.Start(new ChildProcessOptions { FileName = "/no/such" })).IsNotFound);
        Assert.Equal(
            EngineErrorReason.PermissionDenied,
            Assert.Throws<EngineException>(() => ChildProcess.Start(new ChildProcessOptions { FileName = "/etc/passwd" })).Reason);
    }

    private static Task<ChildProcessResult> Shell(string script) =>
        ChildProcess.RunAsync(new ChildProcessOptions { FileName = "/bin/sh", Arguments = ["-c", script] }, s_limit, cancellationToken: Token);
}
