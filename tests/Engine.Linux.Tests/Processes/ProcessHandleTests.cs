using System.Globalization;
using System.Text;
using Engine.Linux.Processes;

namespace Engine.Linux.Tests.Processes;

public sealed class ProcessHandleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_end_of_a_process_that_is_no_child_is_seen_by_all_who_wait()
    {
        // The shell ends at once and leaves its background process to somebody else.
        ChildProcessResult shell = await ChildProcess.RunAsync(
            new ChildProcessOptions { FileName = "/bin/sh", Arguments = ["-c", "sleep 1000 >/dev/null & echo $!"] }, TimeSpan.FromSeconds(10), cancellationToken: Token);
        int pid = int.Parse(Encoding.ASCII.GetString(shell.Output), CultureInfo.InvariantCulture);
        ProcessInstance instance = ProcessStatus.TryRead(pid)!.Identity;
        using ProcessHandle? handle = ProcessHandle.TryOpen(instance);
        Assert.NotNull(handle);
        Task[] waits = [.. Enumerable.Range(0, 3).Select(_ => handle.WaitForExitAsync(Token))];
        Assert.False(handle.HasExited);

        Assert.True(handle.Send(Signal.Kill));
        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.True(handle.HasExited);
        await handle.WaitForExitAsync(Token);
    }

    [Fact]
    public void Another_process_of_the_same_number_is_not_taken_for_it()
    {
        ProcessInstance self = ProcessStatus.TryRead(Environment.ProcessId)!.Identity;

        using ProcessHandle? same = ProcessHandle.TryOpen(self);
        using ProcessHandle? other = ProcessHandle.TryOpen(self with { StartTicks = self.StartTicks - 1 });

        Assert.NotNull(same);
        Assert.Null(other);
        Assert.Null(ProcessHandle.TryOpen(0));
        Assert.Null(ProcessHandle.TryOpen(int.MaxValue));
    }

    [Fact]
    public async Task A_thousand_waits_need_no_thousand_threads()
    {
        using ChildProcess child = ChildProcess.Start(new ChildProcessOptions { FileName = "/bin/sleep", Arguments = ["1000"] });
        using ProcessHandle? handle = ProcessHandle.TryOpen(child.Pid);
        int before = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        Task[] waits = [.. Enumerable.Range(0, 1000).Select(_ => handle!.WaitForExitAsync(Token))];

        Assert.InRange(System.Diagnostics.Process.GetCurrentProcess().Threads.Count, 1, before + 20);
        child.Send(Signal.Kill);
        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(10), Token);
    }
}
