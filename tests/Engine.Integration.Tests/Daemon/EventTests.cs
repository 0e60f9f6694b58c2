using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Daemon;

public sealed class EventTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task A_whole_life_is_told_in_order_with_its_attributes()
    {
        string name = NewName(), renamed = NewName();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        IAsyncEnumerable<EngineEvent> events =
            await Engine.Client.System.OpenEventsAsync(new EventQuery { Labels = ["life=" + name] }, watching.Token);
        Container container = await StartReadyAsync(
            Sleeper() with { Labels = new Dictionary<string, string> { ["life"] = name } }, name);
        await Containers.PauseAsync(name, Cancel);
        await Containers.ResumeAsync(name, Cancel);
        await Containers.RenameAsync(name, renamed, Cancel);
        await Containers.StopAsync(renamed, null, null, Cancel);
        await Containers.RemoveAsync(renamed, force: false, Cancel);
        var seen = new List<EngineEvent>();
        await foreach (EngineEvent one in events)
        {
            seen.Add(one);
            if (one.Action == "destroy")
            {
                break;
            }
        }

        Assert.Equal(
            ["create", "start", "pause", "unpause", "rename", "kill", "die", "stop", "destroy"],
            seen.Select(e => e.Action));
        Assert.All(seen, e =>
        {
            Assert.Equal((EngineEventType.Container, container.Id), (e.Type, e.Id));
            Assert.Equal(BusyboxImage.Reference, e.Attributes["image"]);
        });
        Assert.Equal([name, name, name, name, renamed, renamed, renamed, renamed, renamed], seen.Select(e => e.Name));
        Assert.Equal(seen.Select(e => e.Time).Order(), seen.Select(e => e.Time));
        Assert.Equal("15", seen.Single(e => e.Action == "kill").Attributes["signal"]);
        Assert.Equal("143", seen.Single(e => e.Action == "die").Attributes["exitCode"]);
        Assert.Equal(name, seen.Single(e => e.Action == "rename").Attributes["oldName"]);
    }

    [Fact]
    public async Task What_happened_before_can_be_asked_for()
    {
        DateTimeOffset since = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        RunResult run = await RunAsync(Script("exit 3"));
        IAsyncEnumerable<EngineEvent> events = await Engine.Client.System.OpenEventsAsync(
            new EventQuery
            {
                Since = since,
                Until = TimeProvider.System.GetUtcNow(),
                Objects = [run.Container.Name],
                Actions = ["start", "die"]
            },
            Cancel);
        var actions = new List<string>();
        await foreach (EngineEvent one in events)
        {
            actions.Add(one.Action);
        }

        Assert.Equal(["start", "die"], actions);
    }

    [Fact]
    public async Task The_kernel_s_kill_for_memory_is_told()
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Container container = await CreateAsync(Config("tail", "/dev/zero") with
        {
            Resources = new ContainerResources { Memory = 16 << 20, MemorySwap = 16 << 20 },
        });
        IAsyncEnumerable<EngineEvent> events = await Engine.Client.System.OpenEventsAsync(
            new EventQuery { Objects = [container.Id], Actions = ["oom", "die"] }, watching.Token);
        await Containers.StartAsync(container.Id, Cancel);
        var actions = new List<string>();
        await foreach (EngineEvent one in events)
        {
            actions.Add(one.Action);
            if (one.Action == "die")
            {
                break;
            }
        }

        Assert.Equal(["oom", "die"], actions);
    }

    [Fact]
    public async Task Images_have_events_too()
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        IAsyncEnumerable<EngineEvent> events = await Engine.Client.System.OpenEventsAsync(
            new EventQuery { Types = [EngineEventType.Image] }, watching.Token);
        string reference = $"evented-{NewName()}:1";
        await Engine.Client.Images.TagAsync(BusyboxImage.Reference, reference, Cancel);
        await Engine.Client.Images.RemoveAsync(reference, force: false, Cancel);
        var actions = new List<string>();
        await foreach (EngineEvent one in events)
        {
            if (one.Name == reference || one.Attributes.Values.Contains(reference))
            {
                actions.Add(one.Action);
                if (one.Action == "untag")
                {
                    break;
                }
            }
        }

        Assert.Equal(["tag", "untag"], actions);
    }
}
