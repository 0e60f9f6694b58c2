using System.Globalization;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class ExitCodeTests(EngineFixture fixture) : ContainerTest(fixture)
{
    public static TheoryData<int> Codes => [0, 1, 2, 7, 125, 126, 127, 128, 137, 200, 254, 255];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_exit_code_is_the_process_own(int code)
    {
        RunResult run = await RunAsync(Script(string.Create(CultureInfo.InvariantCulture, $"exit {code}")));
        Assert.Equal(code, run.ExitCode);
        Assert.Equal(code, run.Container.ExitCode);
        Assert.Equal(ContainerState.Exited, run.Container.State);
        Assert.StartsWith($"Exited ({code}) ", run.Container.Status, StringComparison.Ordinal);
        Assert.Equal("", run.Container.Error);
        Assert.False(run.Container.OomKilled);
        Assert.Null(run.Container.Pid);
        Assert.True(run.Container.FinishedAt >= run.Container.StartedAt);
    }

    [Theory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    [InlineData("SEGV", 139)]
    [InlineData("TERM", 143)]
    public async Task A_process_that_a_signal_ended_has_128_and_the_signal(string signal, int code)
    {
        // In a PID namespace of its own it would be process 1, which has no default actions (pid_namespaces(7)).
        Container container = await StartAsync(Config("sleep", "1000") with { PidMode = "host" });
        await Containers.SignalAsync(container.Id, signal, Cancel);
        Assert.Equal(code, (await WaitAsync(container)).ExitCode);
    }
}
