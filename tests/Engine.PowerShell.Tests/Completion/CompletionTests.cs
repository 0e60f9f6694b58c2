using System.Diagnostics;
using System.Management.Automation;

namespace Engine.Commands.Tests;

public class CompletionTests
{
    [Theory]
    [InlineData("Get-Container ", "old,web")]
    [InlineData("Get-Container w", "web")]
    [InlineData("Stop-Container ", "web")]
    [InlineData("Start-Container ", "old")]
    [InlineData("Resume-Container ", "")]
    [InlineData("Invoke-Container bu", "busybox:latest")]
    [InlineData("Publish-ContainerImage bu", "busybox:latest")]
    [InlineData("Export-ContainerImage -Reference ", "busybox:latest")]
    [InlineData("Export-ContainerImage x y -Format ", "Docker,Oci")]
    [InlineData("Export-ContainerImage x y -Compression ", "Gzip,None,Zstd")]
    [InlineData("Get-ContainerImageHistory b", "busybox:latest")]
    [InlineData("Install-ContainerImage x -Platform linux/arm6", "linux/arm64")]
    [InlineData("Install-ContainerImage x -Policy ", "Always,Missing,Never")]
    [InlineData("New-Container x -Pull A", "Always")]
    [InlineData("ConvertTo-ContainerImage ", "old,web")]
    [InlineData("Stop-Container web -Signal Q", "QUIT")]
    public async Task Only_what_the_verb_can_act_on_is_offered(string line, string expected)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Add("old", ContainerState.Exited);
        engine.AddImage("busybox:latest");
        using var session = new Session(engine.Uri);
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), Complete(session, line).Order());
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_keeps_nobody_waiting()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Stall = "List";
        using var session = new Session(engine.Uri);
        Complete(session, "Get-Engine -");
        var watch = Stopwatch.StartNew();
        Assert.Empty(Complete(session, "Stop-Container web"));
        // 300 ms and what PowerShell itself takes to parse and to bind.
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Without_an_engine_there_are_no_suggestions_and_no_errors()
    {
        using var session = new Session();
        Assert.Empty(Complete(session, "Stop-Container -Engine unix:///nonexistent -Name w"));
    }

    [Fact]
    public async Task Connections_are_offered_by_name()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session();
        session.Get($"Connect-Engine {engine.Uri} -Name lab");
        Assert.Equal(["lab"], Complete(session, "Get-Container -Engine l"));
    }

    private static IEnumerable<string> Complete(Session session, string line) =>
        session.Get($"([System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null)).CompletionMatches")
            .Select(m => (CompletionResult)m.BaseObject)
            .Where(m => m.ResultType == CompletionResultType.ParameterValue)
            .Select(m => m.CompletionText);
}
