using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class SignalTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Theory]
    [InlineData("SIGUSR1", "10")]
    [InlineData("usr1", "10")]
    [InlineData("12", "12")]
    [InlineData("SIGHUP", "1")]
    [InlineData("WINCH", "28")]
    [InlineData("RTMIN", "34")]
    [InlineData("SIGRTMIN+3", "37")]
    public async Task Any_signal_reaches_process_1(string signal, string number)
    {
        Container container = await StartReadyAsync(Script(
            "for n in 1 10 12 28 34 37; do trap \"echo got $n; exit 0\" $n; done; echo ready; while true; "
                + "do sleep 1000 & wait; done"));
        await Containers.SignalAsync(container.Id, signal, Cancel);
        Assert.Equal(0, (await WaitAsync(container)).ExitCode);
        Assert.Equal($"ready\ngot {number}\n", (await LogAsync(container)).Output);
    }

    [Fact]
    public async Task The_default_is_SIGKILL_and_the_call_ends_when_the_container_has()
    {
        Container container = await StartReadyAsync();
        await Containers.SignalAsync(container.Id, "", Cancel);
        Container after = await GetAsync(container);
        Assert.Equal((ContainerState.Exited, 137), (after.State, after.ExitCode));
        Assert.False(after.OomKilled);
    }

    [Fact]
    public async Task A_paused_container_can_be_killed()
    {
        Container container = await StartReadyAsync();
        await Containers.PauseAsync(container.Id, Cancel);
        await Containers.SignalAsync(container.Id, "SIGKILL", Cancel);
        Container after = await GetAsync(container);
        Assert.Equal((ContainerState.Exited, 137), (after.State, after.ExitCode));
    }

    [Theory]
    [InlineData("SIGWHAT")]
    [InlineData("-1")]
    [InlineData("65")]
    [InlineData("9999999999")]
    [InlineData("TERM KILL")]
    public async Task A_signal_that_is_none_is_refused(string signal)
    {
        Container container = await StartAsync(Sleeper());
        EngineException error = await FailsAsync(
            EngineErrorReason.InvalidSignal, () => Containers.SignalAsync(container.Id, signal, Cancel));
        Assert.Contains(signal, error.Message, StringComparison.Ordinal);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
    }
}
