using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Daemon;

/// <summary>What only an engine without other tests can show.</summary>
public sealed class CountTests() : OwnEngineTest
{
    [Fact]
    public async Task Containers_are_counted_by_state()
    {
        await CreateAsync(Config("true"));
        await RunAsync(Config("true"));
        await StartAsync(Sleeper());
        Container paused = await StartAsync(Sleeper());
        await Containers.PauseAsync(paused.Id, Cancel);
        EngineInfo info = await Engine.Client.System.GetInfoAsync(Cancel);
        // Docker counts created ones among the stopped.
        Assert.Equal(
            (4, 1, 1, 2, 1),
            (info.Containers, info.ContainersRunning, info.ContainersPaused, info.ContainersStopped, info.Images));
    }
}
