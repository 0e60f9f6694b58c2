using System.Management.Automation;

namespace Engine.Commands.Tests;

public class EngineCommandTests
{
    [Fact]
    public async Task Connecting_asks_the_engine_and_returns_its_version()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session();
        var connection = (EngineConnection)session.Get($"Connect-Engine {engine.Uri} -Name lab").Single().BaseObject;
        Assert.Equal(("lab", "9.9"), (connection.Name, connection.Version));
        Assert.Equal("here", session.Get("(Get-Engine -Engine lab).Name").Single().ToString());
        Assert.NotNull(session.Get("(Get-Engine).ModuleVersion").Single());
    }

    [Fact]
    public void Where_no_engine_answers_the_error_says_where_it_looked_and_how_to_start_one()
    {
        using var session = new Session();
        ErrorRecord error = session.Run("Get-Engine -Engine unix:///nonexistent/engine.sock").Errors.Single();
        Assert.Equal("EngineNotRunning", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Contains("unix:///nonexistent/engine.sock", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Start-Engine", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Start-Engine", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_nobody_listens_on_is_told_apart()
    {
        string folder = Directory.CreateTempSubdirectory("engine-test-").FullName;
        string path = Path.Combine(folder, "engine.sock");
        using (var socket = new global::System.Net.Sockets.Socket(
            global::System.Net.Sockets.AddressFamily.Unix, global::System.Net.Sockets.SocketType.Stream, 0))
        {
            socket.Bind(new global::System.Net.Sockets.UnixDomainSocketEndPoint(path));
            using var session = new Session();
            Assert.Contains("nothing listens", session.Run($"Get-Container -Engine {path}").Errors.Single().ToString(), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Connect-Engine ftp://x", "InvalidEngineUri")]
    [InlineData("Connect-Engine ssh://host", "InvalidEngineUri")]
    [InlineData("Get-Container -Engine nope", "ParameterArgumentTransformationError")]
    [InlineData("Disconnect-Engine -Engine unix:///nonexistent", "EngineConnectionNotFound")]
    public void An_address_that_is_none_is_refused(string script, string id)
    {
        using var session = new Session();
        Assert.Equal([id], session.Run(script).ErrorIds);
    }

    [Fact]
    public void A_path_that_is_too_long_for_a_socket_is_refused_with_the_limit()
    {
        using var session = new Session();
        Assert.Contains("107", session.Run($"Get-Container -Engine /{new string('x', 200)}").Errors.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_session_has_its_own_connection()
    {
        await using FakeEngine one = await FakeEngine.StartAsync("a");
        await using FakeEngine two = await FakeEngine.StartAsync("b");
        using var first = new Session(one.Uri);
        using var second = new Session(two.Uri);
        Assert.Equal("a", first.Get("(Get-Container).Name").Single().ToString());
        first.Get("Disconnect-Engine");
        Assert.Equal("b", second.Get("(Get-Container).Name").Single().ToString());
    }

    [Fact]
    public async Task An_engine_that_comes_back_is_found_again()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("a");
        using var session = new Session(engine.Uri);
        engine.Failure = ("List", new EngineException(EngineErrorCode.Unavailable, EngineErrorReason.EngineStopping, "stopping"));
        Assert.Equal(["EngineStopping"], session.Run("Get-Container").ErrorIds);
        engine.Failure = null;
        Assert.Single(session.Get("Get-Container"));
    }

    [Fact]
    public async Task Events_come_as_objects()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        var happened = (EngineEvent)session.Get("Watch-EngineEvent -Since 10m -Type Container").Single().BaseObject;
        Assert.Equal(("die", "7"), (happened.Action, happened.Attributes["exitCode"]));
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("1d", 86400)]
    [InlineData("1kb", 1024)]
    [InlineData("90", 90)]
    public async Task Times_that_powershell_takes_for_numbers_mean_what_was_typed(string typed, int seconds)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get($"New-Container busybox -StopTimeout {typed}; Watch-EngineEvent -Since {typed}");
        Assert.Equal(TimeSpan.FromSeconds(seconds), engine.Created!.StopTimeout);
        DateTimeOffset since = engine.Watched!.Since!.Value;
        Assert.InRange((TimeProvider.System.GetUtcNow() - since).TotalSeconds, seconds, seconds + 60);
    }

    [Fact]
    public async Task Stopping_an_engine_asks_it_and_forgets_the_connection()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get("Stop-Engine -WhatIf");
        Assert.DoesNotContain("Shutdown", engine.Calls);
        session.Get("Stop-Engine");
        Assert.Contains("Shutdown", engine.Calls);
    }
}
