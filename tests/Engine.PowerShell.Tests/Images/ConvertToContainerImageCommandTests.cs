namespace Engine.Commands.Tests;

public class ConvertToContainerImageCommandTests
{
    [Fact]
    public async Task A_container_becomes_an_image()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        var image = (ContainerImage)session.Get(
            "Get-Container web | ConvertTo-ContainerImage -Reference mine:1 -Author me -Message done -NoPause "
                + "-Change 'CMD [\"sh\"]', 'ENV A=1'")
            .Single().BaseObject;
        Assert.Equal(["mine:1"], image.References);
        ImageCommit commit = engine.Commit!;
        Assert.Equal(("mine:1", "me", "done", false), (commit.Reference, commit.Author, commit.Message, commit.Pause));
        Assert.Equal(["CMD [\"sh\"]", "ENV A=1"], commit.Changes);
        session.Get("ConvertTo-ContainerImage web");
        Assert.Equal((null, true), (engine.Commit!.Reference, engine.Commit.Pause));
    }

    [Fact]
    public async Task Several_containers_do_not_take_one_name_from_each_other()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("a", "b");
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("ConvertTo-ContainerImage a, b snap:1");
        Assert.Single(result.Output);
        Assert.Equal(["OnlyOneAllowed"], result.ErrorIds);
        Assert.Equal(
            ["a:snap", "b:snap"],
            session.Get("Get-Container | ConvertTo-ContainerImage -Reference { \"$($_.Name):snap\" }").Select(i => i.ToString()));
    }

    [Fact]
    public async Task What_if_and_what_is_not_there()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync("web");
        using var session = new Session(engine.Uri);
        session.Get("ConvertTo-ContainerImage web mine:1 -WhatIf");
        Assert.Null(engine.Commit);
        Assert.Equal(["ContainerNotFound"], session.Run("ConvertTo-ContainerImage nope").ErrorIds);
    }
}
