using Engine.Linux.Processes;
using Engine.Linux.Runtime;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Runtime;

public sealed class MonitorRecoveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_outlives_the_sudden_end_of_the_one_who_started_it()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        MonitorOptions options = fixture.Container("survivor", "sh", "-c", "echo before; sleep 1; echo after; exit 7");

        // A child of ours stands for the engine: it starts the container, then it and its whole process group get SIGKILL.
        using ChildProcess engine = ChildProcess.Start(StarterProcess.Options(fixture, options));
        await Wait(() => File.Exists(StarterProcess.ReadyFile(options)));
        Assert.Equal(0, Tmds.Linux.LibC.kill(-engine.Pid, Signal.Kill.Number));
        Assert.Equal(137, (await engine.WaitForExitAsync(Token)).Code);

        using MonitoredContainer? back = MonitorProcesses.TryTakeBack(options.Paths);
        Assert.NotNull(back);
        Assert.NotEqual(0, back.Pid);
        Assert.Equal("survivor", Assert.Single(MonitorProcesses.FindAll(fixture.ExitDirectory)).Key);

        MonitoredExit exit = await back.WaitForExitAsync(Token);

        Assert.Equal(7, exit.Code);
        Assert.Contains(" stdout F after\n", await File.ReadAllTextAsync(options.LogPath, Token), StringComparison.Ordinal);
        Assert.Null(MonitorProcesses.TryTakeBack(options.Paths));
        Assert.Equal(7, MonitoredExit.TryRead(options.Paths)?.Code);
    }

    [Fact]
    public async Task A_killed_monitor_leaves_an_unknown_exit_and_the_container_can_be_deleted_by_force()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        MonitorOptions options = fixture.Container("orphan", "sleep", "1000");
        using MonitoredContainer container = await fixture.Monitor.CreateAsync(fixture.Runtime, options, Token);
        await fixture.Runtime.StartAsync("orphan", cancellationToken: Token);

        container.KillMonitor();
        MonitoredExit exit = await container.WaitForExitAsync(Token);

        Assert.Null(exit.Code);
        Assert.Null(MonitorProcesses.TryTakeBack(options.Paths));
        Assert.Equal("running", (await fixture.Runtime.GetStateAsync("orphan", Token))?.Status);
        using ProcessHandle? process = ProcessHandle.TryOpen(container.Pid);
        await fixture.Runtime.DeleteAsync("orphan", force: true, Token);
        await process!.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.Null(await fixture.Runtime.GetStateAsync("orphan", Token));
        await fixture.Runtime.DeleteAsync("orphan", force: true, Token);
    }

    [Fact]
    public async Task A_number_in_a_stale_file_is_not_taken_for_a_monitor()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        MonitorOptions options = fixture.Container("stale", "true");
        await File.WriteAllTextAsync(options.Paths.MonitorPidFile, $"{Environment.ProcessId}", Token);
        await File.WriteAllTextAsync(options.Paths.PidFile, $"{Environment.ProcessId}", Token);

        Assert.Null(MonitorProcesses.TryTakeBack(options.Paths));
        Assert.Equal(0, (await fixture.RunAsync(options)).Code);
    }

    [Fact]
    public async Task A_created_container_can_be_taken_back_and_started()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        MonitorOptions options = fixture.Container("created", "sh", "-c", "exit 3");
        (await fixture.Monitor.CreateAsync(fixture.Runtime, options, Token)).Dispose();

        using MonitoredContainer? back = MonitorProcesses.TryTakeBack(options.Paths);
        Assert.Equal("created", (await fixture.Runtime.GetStateAsync("created", Token))?.Status);
        await fixture.Runtime.StartAsync("created", cancellationToken: Token);

        Assert.Equal(3, (await back!.WaitForExitAsync(Token)).Code);
    }

    private static async Task Wait(Func<bool> condition)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
