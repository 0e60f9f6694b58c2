using System.Management.Automation;

namespace Engine.Commands.Tests;

public class GetContainerCommandTests
{
    [Fact]
    public async Task Without_a_name_every_container_comes_and_remembers_its_engine()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web", "db");
        using var session = new Session(engine.Uri);
        Container[] all = [.. session.Get("Get-Container").Select(c => (Container)c.BaseObject)];
        Assert.Equal(["web", "db"], all.Select(c => c.Name));
        Assert.All(all, c => Assert.Equal(engine.Uri, c.Engine!.Uri.ToString()));
    }

    [Fact]
    public async Task A_wildcard_that_matches_nothing_is_no_error()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        Assert.Empty(session.Get("Get-Container nope*"));
        Assert.Equal(["web"], session.Get("(Get-Container W*).Name").Select(n => n.ToString()));
    }

    [Fact]
    public async Task Each_exact_name_that_is_not_there_is_an_error_of_its_own()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Get-Container nope1, web, nope2");
        Assert.Single(result.Output);
        Assert.Equal(["ContainerNotFound", "ContainerNotFound"], result.ErrorIds);
        Assert.Equal(["nope1", "nope2"], result.Errors.Select(e => e.TargetObject));
        Assert.All(result.Errors, e => Assert.Equal(ErrorCategory.ObjectNotFound, e.CategoryInfo.Category));
    }

    [Fact]
    public async Task A_prefix_of_an_id_finds_the_container()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web", "db");
        using var session = new Session(engine.Uri);
        Assert.Equal("db", session.Get("(Get-Container 020).Name").Single().ToString());
    }

    [Fact]
    public async Task A_state_narrows_the_list()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Add("old", ContainerState.Exited);
        using var session = new Session(engine.Uri);
        Assert.Equal("old", session.Get("(Get-Container -State Exited).Name").Single().ToString());
        Assert.Empty(session.Get("Get-Container web -State Exited"));
    }

    [Fact]
    public async Task Several_engines_are_asked_side_by_side_and_a_dead_one_hides_no_other()
    {
        await using FakeEngine one = await FakeEngine.StartAsync("a");
        await using FakeEngine two = await FakeEngine.StartAsync("b");
        using var session = new Session();
        Session.Result result = session.Run($"Get-Container -Engine {one.Uri}, {two.Uri}, unix:///nonexistent/engine.sock");
        Assert.Equal(["a", "b"], result.Output.Select(c => ((Container)c.BaseObject).Name).Order());
        Assert.Equal(["EngineNotRunning"], result.ErrorIds);
    }

    [Fact]
    public async Task An_object_goes_back_to_the_engine_it_came_from()
    {
        await using FakeEngine one = await FakeEngine.StartAsync("a");
        await using FakeEngine two = await FakeEngine.StartAsync("b");
        using var session = new Session(one.Uri);
        session.Get($"Get-Container -Engine {two.Uri} | Suspend-Container");
        Assert.Contains("Pause b", two.Calls);
        Assert.DoesNotContain("Pause b", one.Calls);
    }

    [Fact]
    public async Task Containers_survive_export_and_still_bind()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        PSObject container = session.Get("Get-Container web").Single();
        var copy = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(container, 1));
        Assert.Contains("Deserialized.Engine.Container", copy.TypeNames);
        // Depth comes from the types file: mounts are objects still, and not the names of their type.
        var mounts = (System.Collections.IList)((PSObject)copy.Properties["Mounts"].Value).BaseObject;
        Assert.Equal("/cache", ((PSObject)mounts[0]!).Properties["Target"].Value);
        using System.Management.Automation.PowerShell shell = session.Create("$input | Stop-Container");
        shell.Invoke(new[] { copy });
        Assert.Empty(shell.Streams.Error);
        Assert.Contains("Stop web", engine.Calls);
    }
}
