using Engine.Linux.Runtime;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Runtime;

public sealed class ContainerMonitorTests
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -KILL $$; exec sleep 100", 137)]
    [InlineData("kill -SEGV $$; exec sleep 100", 139)]
    public async Task The_exit_code_of_a_container_is_what_its_command_ended_with(string script, int expected)
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();

        // The first process of a PID namespace ignores signals from inside it, so the script is a child of the first.
        MonitoredExit exit = await fixture.RunAsync(fixture.Container("c" + expected, "sh", "-c", $"sh -c '{script}'; exit $?"));

        Assert.Equal(expected, exit.Code);
        Assert.NotNull(exit.FinishedAt);
        Assert.False(exit.OutOfMemory);
    }

    [Theory]
    [InlineData("nosuch", EngineErrorReason.CommandNotFound, 127)]
    [InlineData("/bin/nosuch", EngineErrorReason.CommandNotFound, 127)]
    [InlineData("/tmp", EngineErrorReason.CommandNotExecutable, 126)]
    [InlineData("/plain", EngineErrorReason.CommandNotExecutable, 126)]
    public async Task A_command_that_cannot_run_is_told_by_reason_and_name(string command, string reason, int exitCode)
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        await File.WriteAllTextAsync(fixture.RootFileSystem + "/plain", "text", TestContext.Current.CancellationToken);
        MonitorOptions options = fixture.Container("bad", command);

        EngineException failure = await Assert.ThrowsAsync<EngineException>(
            () => fixture.Monitor.CreateAsync(fixture.Runtime, options, TestContext.Current.CancellationToken));

        Assert.Equal(reason, failure.Reason);
        Assert.Equal(exitCode, RuntimeFailure.ExitCodeOf(failure.Reason));
        Assert.Contains($"'{command}'", failure.Message, StringComparison.Ordinal);
        Assert.Null(await fixture.Runtime.GetStateAsync("bad", TestContext.Current.CancellationToken));
        Assert.Empty(MonitorProcesses.FindAll(fixture.ExitDirectory));
    }
}
