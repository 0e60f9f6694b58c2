using System.Diagnostics;
using System.Management.Automation;
using Shell = System.Management.Automation.PowerShell;

namespace Engine.Commands.Tests;

/// <summary>Ctrl+C: the cmdlet ends within half a second, and so does its call on the engine.</summary>
public class StopTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("Get-Container", "List")]
    [InlineData("Get-Container web", "Get")]
    [InlineData("Get-ContainerImage", "ListImages")]
    [InlineData("Get-Engine", "Info")]
    [InlineData("Watch-EngineEvent", "Watch")]
    [InlineData("Stop-Container web", "Stop")]
    [InlineData("Remove-Container web -Confirm:$false", "Remove")]
    [InlineData("Wait-Container web", "Wait")]
    [InlineData("Get-ContainerLog web -Follow", "Log")]
    [InlineData("New-Container busybox", "Create")]
    [InlineData("Import-ContainerImage -InputStream ([IO.MemoryStream]::new([byte[]]::new(10)))", "Import")]
    [InlineData("Install-ContainerImage app:1", "Pull")]
    [InlineData("Install-ContainerImage app:1, app:2, app:3", "Pull")]
    [InlineData("New-Container app:1 -Pull Always", "Pull")]
    [InlineData("Publish-ContainerImage app:1", "Push")]
    [InlineData("Export-Container web -AsByteStream", "ExportContainer")]
    [InlineData("ConvertTo-ContainerImage web", "Commit")]
    [InlineData("Get-ContainerImageHistory app:1", "History")]
    [InlineData("Invoke-Prune", "Prune")]
    [InlineData("Invoke-Prune -WhatIf", "Prune")]
    [InlineData("Test-EngineStore", "Check")]
    public async Task Stopping_a_cmdlet_ends_its_call(string script, string call)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        engine.Stall = call;
        engine.Calls.Clear();
        using Shell shell = session.Create(script);
        Task running = shell.InvokeAsync();
        await Until(() => engine.Calls.Any(c => c.StartsWith(call, StringComparison.Ordinal)), $"{call} was never called");
        var watch = Stopwatch.StartNew();
        await shell.StopAsync(null, null);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
        // Half a second is the promise; the machine that tests run on is busy with other tests.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Until(() => engine.Cancelled.Contains(call), $"{call} went on");
    }

    [Fact]
    public async Task Stopping_a_run_stops_the_container()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Stall = "Run";
        using var session = new Session(engine.Uri);
        using Shell shell = session.Create("Invoke-Container busybox -Name job sleep 1000");
        Task running = shell.InvokeAsync();
        await Until(() => engine.Calls.Contains("Start job"), "the container was never started");
        await shell.StopAsync(null, null);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
        await Until(() => engine.Calls.Contains("Stop job"), "the container runs on");
    }

    [Fact]
    public async Task A_pipeline_that_takes_no_more_stops_the_container_too()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Stall = "Run";
        engine.Log.AddRange(LogEntries.Lines("one", "two", "three"));
        using var session = new Session(engine.Uri);
        Assert.Equal("one", session.Get("foreach ($i in 1) { Invoke-Container busybox -Name job | ForEach-Object { $_; break } }").Single().ToString());
        await Until(() => engine.Calls.Contains("Stop job"), "the container runs on");
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
