using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

/// <summary>The other runtime: what the engine falls back to where crun cannot run does the same for users.</summary>
public sealed class RuncTests(EngineFixture fixture) : ContainerTest(fixture)
{
    public override ValueTask InitializeAsync()
    {
        Assert.SkipUnless(
            File.Exists("/usr/sbin/runc") || File.Exists("/usr/bin/runc"), "runc is not installed (Debian: runc).");
        return base.InitializeAsync();
    }

    [Fact]
    public async Task A_command_runs_with_the_usual_confinement()
    {
        RunResult run = await RunAsync(
            Script("grep -E '^(CapEff|Seccomp|NoNewPrivs):' /proc/self/status; hostname; exit 7") with
            {
                Runtime = "runc",
                Hostname = "other",
                NoNewPrivileges = true,
            });
        Assert.Equal(7, run.ExitCode);
        string text = run.Output;
        Assert.Contains("00000000a80425fb", text, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t2", text, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", text, StringComparison.Ordinal);
        Assert.EndsWith("other\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_pauses_resumes_and_stops()
    {
        Container container = await StartReadyAsync(Sleeper() with { Runtime = "runc" });
        await Containers.PauseAsync(container.Id, Cancel);
        Assert.Equal(ContainerState.Paused, await StateOfAsync(container));
        await Containers.ResumeAsync(container.Id, Cancel);
        await Containers.StopAsync(container.Id, null, TimeSpan.FromSeconds(20), Cancel);
        Assert.Equal(ContainerState.Exited, await StateOfAsync(container));
        await Containers.StartAsync(container.Id, Cancel);
        Assert.Equal(ContainerState.Running, await StateOfAsync(container));
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_told_as_with_crun()
    {
        Container container = await CreateAsync(Config("/no/such/program") with { Runtime = "runc" });
        await FailsAsync(EngineErrorReason.CommandNotFound, () => Containers.StartAsync(container.Id, Cancel));
        Assert.Equal(127, (await Containers.GetAsync(container.Id, size: false, Cancel)).ExitCode);
    }
}
