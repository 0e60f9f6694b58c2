using System.Diagnostics;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Faults;

/// <summary>What happens to containers while no engine runs, and what a restarted one makes of it.</summary>
public sealed class AbsentEngineTests(OwnEngineFixture fixture) : ContainerTest(fixture),
IClassFixture<OwnEngineFixture>
{
    public override async ValueTask DisposeAsync()
    {
        await Engine.EnsureStartedAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_container_runs_on_and_writes_on_and_is_taken_back()
    {
        Container container = await StartReadyAsync(
            Script(
                    "trap 'echo in between' USR1; trap 'exit 4' USR2; echo ready; while true; do sleep 1000 & wait; "
                        + "done"));
        await Engine.KillAsync();
        Kernel.Kill(container.Pid!.Value, 10);
        await Engine.StartAsync();
        long answered = TimeProvider.System.GetTimestamp();
        Container after = await GetAsync(container);
        Assert.Equal(
            (ContainerState.Running, container.Pid, container.StartedAt), (after.State, after.Pid, after.StartedAt));
        Assert.True(TimeProvider.System.GetElapsedTime(answered) < TimeSpan.FromSeconds(1) + Limit.Slack);
        await UntilItSaysAsync(container, "in between");
        Task<ContainerExit> wait =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NotRunning, Cancel);
        await Containers.SignalAsync(container.Id, "USR2", Cancel);
        Assert.Equal(4, (await wait).ExitCode);
        Assert.Equal("ready\nin between\n", (await LogAsync(container)).Output);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$; sleep 1000", null)]
    public async Task An_exit_in_between_is_recorded_with_its_code_and_time(string end, int? code)
    {
        Container container = await StartReadyAsync(Script($"trap '{end}' USR1; echo ready; sleep 1000 & wait"));
        await Engine.KillAsync();
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        Kernel.Kill(container.Pid!.Value, code is null ? Kernel.SIGKILL : 10);
        await UntilEndedAsync(container);
        DateTimeOffset ended = TimeProvider.System.GetUtcNow();
        // The engine comes back a while later: the time of the exit is not that of its return.
        await Task.Delay(1500, Cancel);
        await Engine.StartAsync();
        Container after = await GetAsync(container);
        Assert.Equal((ContainerState.Exited, code ?? 137), (after.State, after.ExitCode));
        Assert.InRange(after.FinishedAt!.Value, before.AddSeconds(-1), ended.AddSeconds(1));
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task A_container_that_removes_itself_and_ended_in_between_is_gone()
    {
        Container container = await StartReadyAsync(Sleeper() with { AutoRemove = true });
        await Engine.KillAsync();
        Kernel.Kill(container.Pid!.Value, Kernel.SIGKILL);
        await UntilEndedAsync(container);
        await Engine.StartAsync();
        await Limit.UntilAsync(
            async () => (await EngineTruth.AssertAsync(Engine, Cancel)).All(c => c.Id != container.Id),
            Limit.Settle, () => "It is still there.", Cancel);
    }

    [Fact]
    public async Task A_paused_container_stays_paused()
    {
        Container container = await StartReadyAsync();
        await Containers.PauseAsync(container.Id, Cancel);
        await Engine.RestartAsync();
        Assert.Equal(ContainerState.Paused, await StateOfAsync(container));
        await Containers.ResumeAsync(container.Id, Cancel);
        await Containers.StopAsync(container.Id, null, null, Cancel);
        Assert.Equal(143, (await GetAsync(container)).ExitCode);
    }

    [Fact]
    public async Task A_lost_exit_file_is_exit_code_255()
    {
        Container container = await StartReadyAsync();
        await Engine.KillAsync();
        foreach (int monitor in Monitors(container))
        {
            Kernel.Kill(monitor, Kernel.SIGKILL);
        }

        Kernel.Kill(container.Pid!.Value, Kernel.SIGKILL);
        await UntilEndedAsync(container);
        await Engine.StartAsync();
        Container after = await GetAsync(container);
        // Docker's code for a state that was lost.
        Assert.Equal((ContainerState.Exited, 255), (after.State, after.ExitCode));
        await EngineTruth.AssertAsync(Engine, Cancel);
        await Containers.StartAsync(container.Id, Cancel);
    }

    [Fact]
    public async Task A_removed_exit_file_leaves_a_container_that_has_ended()
    {
        Container container = await StartReadyAsync(Script("trap 'exit 9' USR1; echo ready; sleep 1000 & wait"));
        await Engine.KillAsync();
        Kernel.Kill(container.Pid!.Value, 10);
        await UntilEndedAsync(container);
        await Limit.UntilAsync(
            () => !Monitors(container).Any(), Limit.Settle, () => "The monitor does not end.", Cancel);
        foreach (string exit in Directory.EnumerateFiles(Path.Combine(Engine.ExecRoot, "exits")))
        {
            File.Delete(exit);
        }

        await Engine.StartAsync();
        Container after = await GetAsync(container);
        Assert.Equal((ContainerState.Exited, 255), (after.State, after.ExitCode));
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task After_a_reboot_nothing_runs_and_everything_can_be_started()
    {
        Container running =
            await StartReadyAsync(Script("trap 'exit 0' TERM; echo written >>/file; echo ready; sleep 1000 & wait"));
        Container paused = await StartReadyAsync();
        await Containers.PauseAsync(paused.Id, Cancel);
        await Engine.KillAsync();
        // What a reboot does: no process, no mount, no cgroup, and an empty /run.
        await Leftovers.DestroyAsync([running.Id, paused.Id]);
        Directory.Delete(Engine.ExecRoot, recursive: true);
        await Engine.StartAsync();
        foreach (Container container in (Container[])[running, paused])
        {
            Container after = await GetAsync(container);
            Assert.Equal((ContainerState.Exited, 255), (after.State, after.ExitCode));
        }

        await EngineTruth.AssertAsync(Engine, Cancel);
        await Containers.StartAsync(running.Id, Cancel);
        await Limit.UntilAsync(
            async () => (await LogAsync(running)).Output == "ready\nready\n", Limit.Settle, () => "It does not say so.",
            Cancel);
    }

    [Fact]
    public async Task Fifty_running_containers_are_taken_back_within_a_second()
    {
        Container[] all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StartAsync(Config("sleep", "1000"))));
        await Engine.KillAsync();
        await Engine.LaunchAsync();
        await Engine.UntilItAnswersAsync();
        long answered = TimeProvider.System.GetTimestamp();
        foreach (Container container in all)
        {
            Container after = await GetAsync(container);
            Assert.Equal((ContainerState.Running, container.Pid), (after.State, after.Pid));
        }

        Assert.True(TimeProvider.System.GetElapsedTime(answered) < TimeSpan.FromSeconds(1) + Limit.Slack);
        await EngineTruth.AssertAsync(Engine, Cancel);
        await Task.WhenAll(all.Select(c => Containers.RemoveAsync(c.Id, force: true, Cancel)));
    }

    private static async Task UntilEndedAsync(Container container) =>
        await Limit.UntilAsync(
            () => !Kernel.IsAlive(container.Pid), Limit.Settle, () => "It does not end.", CancellationToken.None);

    private static IEnumerable<int> Monitors(Container container) =>
        Process.GetProcessesByName("conmon")
            .Where(p => File.Exists($"/proc/{p.Id}/cmdline")
                && File.ReadAllText($"/proc/{p.Id}/cmdline").Contains(container.Id, StringComparison.Ordinal))
            .Select(p => p.Id);
}
