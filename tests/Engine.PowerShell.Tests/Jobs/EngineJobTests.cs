using System.Diagnostics;
using System.Management.Automation;

namespace Engine.Commands.Tests;

/// <summary>-AsJob: the same output and errors as in the foreground, by way of PowerShell's own job cmdlets.</summary>
public class EngineJobTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_job_hands_out_what_the_cmdlet_would_have_written()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Log.AddRange(LogEntries.Lines("one", "two"));
        using var session = new Session(engine.Uri);
        session.Get("Start-Container web");
        PSObject[] lines = session.Get("Get-ContainerLog web -AsJob | Receive-Job -Wait");
        Assert.Equal(["one", "two"], lines.Select(l => Assert.IsType<ContainerLogLine>(l.BaseObject).Message));
        Assert.Equal("Completed", session.Get("(Get-Job).State").Single().ToString());
    }

    [Fact]
    public async Task A_job_says_what_it_does_and_where()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        engine.Stall = "Watch";
        PSObject job = session.Get("Watch-EngineEvent -Type Container -AsJob").Single();
        Assert.Equal("Watch-EngineEvent -Type Container -AsJob", job.Properties["Command"].Value);
        Assert.Equal(engine.Uri, job.Properties["Location"].Value);
        Assert.Equal(JobState.Running, Assert.IsType<EngineJob>(job.BaseObject).JobStateInfo.State);
        Assert.Empty(session.Get("Get-Job | Remove-Job -Force; Get-Job"));
    }

    [Fact]
    public async Task One_failure_of_many_is_an_error_and_a_failed_job_and_costs_the_others_nothing()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("a", "b");
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run(
            "Start-Container a, b; $job = Wait-Container a, nope, b -AsJob; $job | Wait-Job -Timeout 20 | Receive-Job; $job.State");
        Assert.Equal(
            ["a", "b"], result.Output.Select(o => o.BaseObject).OfType<ContainerExit>().Select(e => e.ContainerName).Order());
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("ContainerNotFound", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("nope", error.TargetObject);
        Assert.Equal("Failed", result.Output[^1].ToString());
    }

    [Fact]
    public void A_job_without_an_engine_fails_with_the_reason()
    {
        using var session = new Session();
        Session.Result result = session.Run("Watch-EngineEvent -Engine unix:///nonexistent/engine.sock -AsJob | Receive-Job -Wait; (Get-Job).State");
        Assert.Equal(["EngineNotRunning"], result.ErrorIds);
        Assert.Equal("Failed", result.Output.Single().ToString());
    }

    [Theory]
    [InlineData("Wait-Container web -AsJob", "Wait")]
    [InlineData("Get-ContainerLog web -Follow -AsJob", "Log")]
    [InlineData("Watch-EngineEvent -AsJob", "Watch")]
    [InlineData("Install-ContainerImage app:1 -AsJob", "Pull")]
    [InlineData("Publish-ContainerImage app:1 -AsJob", "Push")]
    public async Task Stopping_a_job_ends_its_call_on_the_engine(string script, string call)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        engine.Stall = call;
        session.Get($"$job = {script}");
        await Until(() => engine.Calls.Any(c => c.StartsWith(call, StringComparison.Ordinal)), $"{call} was never called");
        Assert.Equal("Stopped", session.Get("$job | Stop-Job; $job.State").Single().ToString());
        await Until(() => engine.Cancelled.Contains(call), $"{call} went on");
        Assert.Empty(session.Get("$job | Stop-Job; $null = $job | Receive-Job; $job | Remove-Job; Get-Job"));
    }

    [Fact]
    public async Task A_job_that_removes_itself_at_its_end_does_end()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        session.Get("Start-Container web");
        for (int i = 0; i < 20; i++)
        {
            PSObject[] output = session.Get("Wait-Container web -AsJob | Receive-Job -Wait -AutoRemoveJob; Get-Job");
            Assert.IsType<ContainerExit>(Assert.Single(output).BaseObject);
        }
    }

    [Fact]
    public async Task Removing_a_job_by_force_stops_it()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        engine.Stall = "Watch";
        session.Get("$job = Watch-EngineEvent -AsJob");
        await Until(() => engine.Calls.Contains("Watch"), "Watch was never called");
        session.Get("$job | Remove-Job -Force");
        await Until(() => engine.Cancelled.Contains("Watch"), "the watch went on");
    }

    private static async Task Until(Func<bool> condition, string otherwise)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            Assert.True(watch.Elapsed < s_limit, otherwise);
            await timer.WaitForNextTickAsync();
        }
    }
}
