using System.Management.Automation;

namespace Engine.Commands.Tests;

public class ContainerActionTests
{
    public static TheoryData<string, string> Verbs => new()
    {
        { "Start-Container", "Start" },
        { "Stop-Container", "Stop" },
        { "Restart-Container", "Restart" },
        { "Suspend-Container", "Pause" },
        { "Resume-Container", "Resume" },
        { "Remove-Container -Confirm:$false", "Remove" },
        { "Send-ContainerSignal", "Signal" },
    };

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_takes_names_wildcards_objects_and_properties(string cmdlet, string call)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("byname", "byvalue", "byobject", "bywild1", "byproperty");
        using var session = new Session(engine.Uri);
        session.Get($"{cmdlet} -Name byname");
        session.Get($"'byvalue' | {cmdlet}");
        session.Get($"Get-Container byobject | {cmdlet}");
        session.Get($"{cmdlet} -Name bywild*");
        session.Get($"[pscustomobject]@{{ ContainerId = '05' }} | {cmdlet}");
        string[] calls = [.. engine.Calls.Where(c => c.StartsWith(call, StringComparison.Ordinal)).Select(c => c.Split(' ')[1])];
        Assert.Equal(["byname", "byvalue", "byobject", "bywild1", "05"], calls);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task What_if_says_what_it_would_do_and_does_not_call_the_engine(string cmdlet, string call)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("a", "b", "c");
        using var session = new Session(engine.Uri);
        int before = engine.Calls.Count;
        Session.Result result = session.Run($"{cmdlet.Replace(" -Confirm:$false", "", StringComparison.Ordinal)} a, b, c -WhatIf");
        Assert.Empty(result.Errors);
        Assert.True(engine.Calls.Count == before, $"{call}: {string.Join(", ", engine.Calls)}");
    }

    [Fact]
    public async Task Quiet_by_default_and_the_container_with_pass_thru()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        Assert.Empty(session.Get("Stop-Container web"));
        Assert.Equal("Exited", session.Get("(Stop-Container web -PassThru).State").Single().ToString());
    }

    [Fact]
    public async Task The_pipeline_of_the_docs_works()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web", "db");
        engine.Add("old", ContainerState.Exited);
        using var session = new Session(engine.Uri);
        Assert.Equal(
            ["web", "db"],
            session.Get("(Get-Container | Where-Object State -eq Running | Stop-Container -PassThru).Name").Select(n => n.ToString()));
    }

    [Fact]
    public async Task Many_are_stopped_at_once_and_come_out_in_order()
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"c{i}")];
        await using FakeEngine engine = await FakeEngine.StartAsync(names);
        using var session = new Session(engine.Uri);
        Assert.Equal(names, session.Get("(Get-Container | Stop-Container -PassThru).Name").Select(n => n.ToString()));
    }

    [Fact]
    public async Task A_failure_is_a_non_terminating_error_with_the_engines_reason_and_the_object()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("a", "b");
        engine.Failure = ("Pause", new EngineException(
            EngineErrorCode.Conflict, EngineErrorReason.ContainerNotRunning, "Container 'a' is not running.", "a"));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Get-Container | Suspend-Container");
        Assert.Equal(["ContainerNotRunning", "ContainerNotRunning"], result.ErrorIds);
        Assert.Equal(ErrorCategory.InvalidOperation, result.Errors[0].CategoryInfo.Category);
        Assert.IsType<Container>(result.Errors[0].TargetObject is PSObject wrapped ? wrapped.BaseObject : result.Errors[0].TargetObject);
        Assert.IsType<EngineException>(result.Errors[0].Exception);
    }

    [Fact]
    public async Task A_rename_with_pass_thru_returns_the_container_under_its_new_name()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        Assert.Equal("shop", session.Get("(Rename-Container web shop -PassThru).Name").Single().ToString());
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_is_a_timeout_and_ends_on_the_engine()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Stall = "Wait";
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Wait-Container web -Timeout 0.1");
        Assert.Equal(["TimedOut"], result.ErrorIds);
        Assert.Equal(ErrorCategory.OperationTimeout, result.Errors[0].CategoryInfo.Category);
    }

    [Fact]
    public async Task A_wait_returns_the_exit_code()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.ExitCode = 3;
        using var session = new Session(engine.Uri);
        session.Get("Start-Container web");
        Assert.Equal(3, session.Get("Wait-Container web").Select(e => ((ContainerExit)e.BaseObject).ExitCode).Single());
    }
}
