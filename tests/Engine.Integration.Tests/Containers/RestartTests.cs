using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class RestartTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task A_restarted_container_has_another_process_and_the_same_files()
    {
        Container container =
            await StartReadyAsync(Script("trap 'exit 0' TERM; echo $$ >>/runs; echo ready; sleep 1000 & wait"));
        await Containers.RestartAsync(container.Id, null, null, Cancel);
        Container after = await GetAsync(container);
        Assert.Equal(ContainerState.Running, after.State);
        Assert.NotEqual(container.Pid, after.Pid);
        Assert.True(after.StartedAt > container.StartedAt);
        Assert.False(Kernel.IsAlive(container.Pid), "The first run's process is still there.");
    }

    [Fact]
    public async Task A_container_that_does_not_run_is_started()
    {
        Container container = await CreateAsync(Sleeper());
        await Containers.RestartAsync(container.Id, null, null, Cancel);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
    }

    [Fact]
    public async Task A_paused_container_runs_after_a_restart()
    {
        Container container = await StartReadyAsync();
        await Containers.PauseAsync(container.Id, Cancel);
        await Containers.RestartAsync(container.Id, null, TimeSpan.FromSeconds(20), Cancel);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
    }

    [Fact]
    public async Task A_container_that_removes_itself_survives_its_restart()
    {
        Container container = await StartReadyAsync(Sleeper() with { AutoRemove = true });
        await Containers.RestartAsync(container.Id, null, TimeSpan.Zero, Cancel);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
        Task<ContainerExit> removed =
            await Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.Removed, Cancel);
        await Containers.StopAsync(container.Id, null, TimeSpan.Zero, Cancel);
        await removed;
    }

    [Fact]
    public async Task Stopping_a_container_that_ends_and_removes_itself_at_that_moment_succeeds()
    {
        // Without patience, the kill comes while the container may end by the stop signal, or be removed already.
        Container[] containers = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(_ => StartReadyAsync(Sleeper() with { AutoRemove = true })));
        Task<ContainerExit>[] removed = await Task.WhenAll(containers.Select(
            container => Containers.BeginWaitAsync(container.Id, ContainerWaitCondition.Removed, Cancel)));
        await Task.WhenAll(containers.Select(
            container => Containers.StopAsync(container.Id, null, TimeSpan.Zero, Cancel)));
        await Task.WhenAll(removed);
    }
}
