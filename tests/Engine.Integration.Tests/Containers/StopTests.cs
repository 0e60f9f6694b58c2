using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class StopTests(EngineFixture fixture) : ContainerTest(fixture)
{
    private static readonly ContainerConfiguration s_deaf =
        Script("trap '' TERM; echo ready; while true; do sleep 1000; done");

    [Fact]
    public async Task A_container_is_asked_with_SIGTERM_and_ends_itself()
    {
        Container container = await StartReadyAsync();
        Assert.True(await Containers.StopAsync(container.Id, null, null, Cancel));
        Container after = await GetAsync(container);
        Assert.Equal((ContainerState.Exited, 143), (after.State, after.ExitCode));
    }

    [Fact]
    public async Task A_container_that_does_not_listen_is_killed_after_its_time()
    {
        Container container = await StartReadyAsync(s_deaf);
        long started = TimeProvider.System.GetTimestamp();
        await Containers.StopAsync(container.Id, null, TimeSpan.FromSeconds(1), Cancel);
        TimeSpan took = TimeProvider.System.GetElapsedTime(started);
        Assert.Equal(137, (await GetAsync(container)).ExitCode);
        Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_time_of_zero_kills_at_once()
    {
        Container container = await StartReadyAsync(s_deaf);
        long started = TimeProvider.System.GetTimestamp();
        await Containers.StopAsync(container.Id, null, TimeSpan.Zero, Cancel);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.Equal(137, (await GetAsync(container)).ExitCode);
    }

    [Fact]
    public async Task The_container_s_own_time_holds_when_the_call_gives_none()
    {
        Container container = await StartReadyAsync(s_deaf with { StopTimeout = TimeSpan.FromSeconds(1) });
        long started = TimeProvider.System.GetTimestamp();
        await Containers.StopAsync(container.Id, null, null, Cancel);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task An_infinite_time_never_kills()
    {
        Container container = await StartReadyAsync(
            Script("trap 'echo asked' TERM; trap 'exit 9' USR1; echo ready; while true; do sleep 1000 & wait; done"));
        Task<bool> stop = Containers.StopAsync(container.Id, null, Timeout.InfiniteTimeSpan, Cancel);
        await UntilItSaysAsync(container, "asked");
        Assert.False(stop.IsCompleted);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
        await Containers.SignalAsync(container.Id, "USR1", Cancel);
        Assert.True(await stop);
        Assert.Equal(9, (await GetAsync(container)).ExitCode);
    }

    [Theory]
    [InlineData("SIGUSR1", "SIGINT")]
    [InlineData("SIGUSR1", null)]
    [InlineData("10", null)]
    public async Task The_call_s_signal_comes_before_the_container_s_own(string own, string? given)
    {
        Container container = await StartReadyAsync(
            Script("trap 'exit 10' USR1; trap 'exit 2' INT; trap 'exit 15' TERM; echo ready; sleep 1000 & wait") with
            {
                StopSignal = own,
            });
        await Containers.StopAsync(container.Id, given, null, Cancel);
        Assert.Equal(given is null ? 10 : 2, (await GetAsync(container)).ExitCode);
    }

    [Fact]
    public async Task A_signal_that_is_none_is_refused_and_the_container_runs_on()
    {
        Container container = await StartAsync(Sleeper());
        await FailsAsync(
            EngineErrorReason.InvalidSignal, () => Containers.StopAsync(container.Id, "SIGWHAT", null, Cancel));
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
    }

    [Fact]
    public async Task A_container_that_does_not_run_has_been_stopped_already()
    {
        Container container = await CreateAsync(Config("true"));
        Assert.False(await Containers.StopAsync(container.Id, null, null, Cancel));
        await RunAsync(container);
        Assert.False(await Containers.StopAsync(container.Id, null, null, Cancel));
    }

    [Fact]
    public async Task A_paused_container_can_be_stopped()
    {
        Container container = await StartReadyAsync();
        await Containers.PauseAsync(container.Id, Cancel);
        await Containers.StopAsync(container.Id, null, TimeSpan.FromSeconds(20), Cancel);
        Container after = await GetAsync(container);
        Assert.Equal((ContainerState.Exited, 143), (after.State, after.ExitCode));
    }

    [Fact]
    public async Task A_stop_goes_on_when_its_caller_goes_away()
    {
        Container container =
            await StartReadyAsync(Script("trap 'echo asked' TERM; echo ready; while true; do sleep 1000 & wait; done"));
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<bool> stop = Containers.StopAsync(container.Id, null, TimeSpan.FromSeconds(1), caller.Token);
        await UntilItSaysAsync(container, "asked");
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
        Assert.Equal(137, (await WaitAsync(container)).ExitCode);
    }
}
