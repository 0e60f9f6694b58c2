using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class WaitTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task Waiting_for_a_container_that_does_not_run_ends_at_once()
    {
        Container container = await CreateAsync(Script("exit 5"));
        Assert.Equal(0, (await WaitAsync(container)).ExitCode);
        await RunAsync(container);
        ContainerExit exit = await WaitAsync(container);
        Assert.Equal((5, container.Id, container.Name), (exit.ExitCode, exit.ContainerId, exit.ContainerName));
    }

    [Fact]
    public async Task The_next_exit_is_not_one_of_the_past()
    {
        Container container = await CreateAsync(Script("test -e /ran && exit 2; touch /ran; exit 1"));
        Assert.Equal(1, (await RunAsync(container)).ExitCode);
        Task<ContainerExit> next =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NextExit, Cancel);
        Assert.False(next.IsCompleted);
        await Containers.StartAsync(container.Id, Cancel);
        Assert.Equal(2, (await next).ExitCode);
    }

    [Fact]
    public async Task Waiting_for_running_ends_when_it_runs()
    {
        Container container = await CreateAsync(Sleeper());
        Task<ContainerExit> running =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.Running, Cancel);
        Assert.False(running.IsCompleted);
        await Containers.StartAsync(container.Id, Cancel);
        await running;
        await Containers.WaitAsync(container.Id, ContainerWaitCondition.Running, Cancel);
    }

    [Fact]
    public async Task Waiting_for_removal_ends_with_the_last_exit_code()
    {
        Container container = await CreateAsync(Script("exit 4"));
        Task<ContainerExit> removed =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.Removed, Cancel);
        await RunAsync(container);
        Assert.False(removed.IsCompleted);
        await Containers.RemoveAsync(container.Id, force: false, Cancel);
        Assert.Equal(4, (await removed).ExitCode);
    }

    [Fact]
    public async Task A_wait_for_what_can_no_longer_happen_ends_with_an_error()
    {
        Container container = await CreateAsync(Config("true"));
        Task<ContainerExit> next =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NextExit, Cancel);
        await Containers.RemoveAsync(container.Id, force: false, Cancel);
        await FailsAsync(EngineErrorReason.ContainerNotFound, () => next);
    }

    [Fact]
    public async Task A_caller_that_goes_away_ends_its_own_wait_and_nothing_else()
    {
        Container container = await StartReadyAsync();
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<ContainerExit> mine =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NotRunning, first.Token);
        Task<ContainerExit> other =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NotRunning, Cancel);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mine);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
        await Containers.SignalAsync(container.Id, "KILL", Cancel);
        Assert.Equal(137, (await other).ExitCode);
    }

    [Fact]
    public async Task A_hundred_waiters_all_hear_of_one_exit()
    {
        Container container = await CreateAsync(Script("exit 6"));
        var waits = new List<Task<ContainerExit>>();
        for (int i = 0; i < 100; i++)
        {
            waits.Add(await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.NextExit, Cancel));
        }

        await Containers.StartAsync(container.Id, Cancel);
        Assert.All(await Task.WhenAll(waits), exit => Assert.Equal(6, exit.ExitCode));
    }
}
