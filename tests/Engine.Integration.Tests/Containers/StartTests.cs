using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

public sealed class StartTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task A_started_container_runs_as_a_process_of_the_host()
    {
        Container container = await StartAsync(Sleeper());
        Assert.Equal(ContainerState.Running, container.State);
        Assert.StartsWith("Up ", container.Status, StringComparison.Ordinal);
        Assert.NotNull(container.StartedAt);
        Assert.Null(container.FinishedAt);
        string commandLine = await File.ReadAllTextAsync($"/proc/{container.Pid}/cmdline", Cancel);
        Assert.StartsWith("sh\0-c\0", commandLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_a_running_container_says_that_it_runs_already()
    {
        Container container = await StartAsync(Sleeper());
        Assert.False(await Containers.StartAsync(container.Id, Cancel));
        Assert.Equal(container.Pid, (await GetAsync(container)).Pid);
    }

    [Fact]
    public async Task An_exited_container_can_be_started_again_and_keeps_what_it_wrote()
    {
        Container container = await CreateAsync(Script("echo again >>/count; wc -l </count; exit 3"));
        RunResult first = await RunAsync(container);
        RunResult second = await RunAsync(container);
        Assert.Equal((3, 3), (first.ExitCode, second.ExitCode));
        Assert.Equal("1\n2\n", second.Output);
        Assert.True(second.Container.StartedAt > first.Container.StartedAt);
        Assert.True(second.Container.FinishedAt > first.Container.FinishedAt);
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_exit_code_127()
    {
        Container container = await CreateAsync(Config("no-such-program"));
        EngineException error = await FailsAsync(
            EngineErrorReason.CommandNotFound, () => Containers.StartAsync(container.Id, Cancel));
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
        await AssertFailedAsync(container, 127);
    }

    [Theory]
    [InlineData("/etc/data")]
    [InlineData("/etc")]
    public async Task A_command_that_may_not_be_executed_is_exit_code_126(string command)
    {
        Container container = await CreateAsync(Config(command));
        await FailsAsync(EngineErrorReason.CommandNotExecutable, () => Containers.StartAsync(container.Id, Cancel));
        await AssertFailedAsync(container, 126);
    }

    [Fact]
    public async Task A_start_that_the_kernel_refuses_is_exit_code_128_and_leaves_nothing_running()
    {
        // A working directory below a file: it can be neither made nor entered.
        Container container = await CreateAsync(Config("true") with { WorkingDirectory = "/etc/passwd/below" });
        await Assert.ThrowsAsync<EngineException>(() => Containers.StartAsync(container.Id, Cancel));
        await AssertFailedAsync(container, null);
    }

    [Fact]
    public async Task A_container_that_could_not_start_can_be_started_when_the_reason_is_gone()
    {
        string source = Directory.CreateTempSubdirectory("et-src-").FullName;
        try
        {
            Container container = await CreateAsync(Config("cat", "/x/file") with
            {
                Mounts = [new() { Type = ContainerMountType.Bind, Source = source, Target = "/x" }],
            });
            Directory.Delete(source);
            EngineException error =
                await Assert.ThrowsAsync<EngineException>(() => Containers.StartAsync(container.Id, Cancel));
            Assert.Contains(source, error.Message, StringComparison.Ordinal);
            Directory.CreateDirectory(source);
            await File.WriteAllTextAsync(Path.Combine(source, "file"), "back\n", Cancel);
            RunResult run = await RunAsync(container);
            Assert.Equal("back", run.Text);
            Assert.Equal("", run.Container.Error);
        }
        finally
        {
            Directory.Delete(source, recursive: true);
        }
    }

    [Fact]
    public async Task Fifty_containers_at_once_all_run_and_all_end()
    {
        Container[] all =
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => CreateAsync(Config("sh", "-c", $"exit {i}"))));
        RunResult[] runs = await Task.WhenAll(all.Select(RunAsync));
        Assert.Equal(Enumerable.Range(0, 50), runs.Select(r => r.ExitCode));
        Assert.All(runs, r => Assert.Equal(ContainerState.Exited, r.Container.State));
    }

    private async Task AssertFailedAsync(Container container, int? exitCode)
    {
        Container after = await GetAsync(container);
        Assert.True(after.State is ContainerState.Created or ContainerState.Exited, $"It is {after.State}.");
        Assert.True(
            exitCode is null ? after.ExitCode is 126 or 127 or 128 : after.ExitCode == exitCode,
            $"It has {after.ExitCode}.");
        Assert.NotEqual("", after.Error);
        Assert.Null(after.Pid);
        IReadOnlyList<string> left = await Leftovers.UntilGoneAsync([container.Id]);
        Assert.True(left.Count == 0, string.Join('\n', left));
    }
}
