using static Engine.Commands.Tests.LogEntries;

namespace Engine.Commands.Tests;

public class GetContainerLogCommandTests
{
    [Fact]
    public async Task Pieces_become_lines_each_stream_apart()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Log.AddRange(
        [
            Entry("he", partial: true), Entry("er", ContainerStream.Error, partial: true), Entry("llo"),
            Entry("ror", ContainerStream.Error), Entry("é", partial: true),
        ]);
        using var session = new Session(engine.Uri);
        ContainerLogLine[] lines = [.. session.Get("Get-ContainerLog web").Select(l => (ContainerLogLine)l.BaseObject)];
        Assert.Equal(
            [("hello", ContainerStream.Output), ("error", ContainerStream.Error), ("é", ContainerStream.Output)],
            lines.Select(l => (l.Message, l.Stream)));
        Assert.All(lines, l => Assert.Equal("web", l.ContainerName));
    }

    [Fact]
    public async Task Lines_lead_back_to_their_container()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        engine.Log.Add(Entry("x"));
        using var session = new Session(engine.Uri);
        session.Get("Get-ContainerLog web | Restart-Container");
        Assert.Contains("Restart web", engine.Calls);
    }

    [Fact]
    public async Task Several_containers_are_followed_side_by_side()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("a", "b");
        engine.Log.Add(Entry("x"));
        using var session = new Session(engine.Uri);
        session.Get("Start-Container a; Start-Container b");
        Assert.Equal(
            ["a", "b"],
            session.Get("(Get-Container | Get-ContainerLog -Follow).ContainerName").Select(n => n.ToString()).Order());
    }

    [Fact]
    public void A_line_without_end_is_cut_and_not_kept_in_memory()
    {
        var lines = new LineAssembler();
        string piece = new('x', 1024 * 1024);
        int returned = Enumerable.Range(0, 40).Count(_ => lines.Add(Entry(piece, partial: true)) is not null);
        Assert.Equal(2, returned);
    }
}
