using System.Management.Automation;
using Engine.Protocol;

namespace Engine.Commands.Tests;

public class PublishContainerImageCommandTests
{
    [Fact]
    public async Task A_reference_is_sent_as_the_parameters_say()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Progress.Add(new("aaaa", "Pushing", 50, 100));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Publish-ContainerImage r.example/app -AllTags -Platform linux/arm64");
        var pushed = (PushResult)result.Output.Single().BaseObject;
        Assert.Equal(("r.example/app", 7L), (pushed.Reference, pushed.Size));
        ImagePush push = engine.Pushed!.ToModel();
        Assert.Equal((true, "linux/arm64"), (push.AllTags, push.Platform));
        Assert.Contains(result.Progress, r => r.Activity == "aaaa" && r.ParentActivityId > 0);
    }

    [Fact]
    public async Task An_image_goes_to_its_reference_if_there_is_no_doubt_about_it()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("r.example/app:1");
        engine.AddImage("r.example/secret:1", "docker.example/public:1");
        engine.AddImage();
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Get-ContainerImage | Publish-ContainerImage");
        Assert.Equal("r.example/app:1", ((PushResult)result.Output.Single().BaseObject).Reference);
        Assert.Equal(["OnlyOneAllowed", "InvalidReference"], result.ErrorIds);
        Assert.All(result.Errors, e => Assert.IsType<ContainerImage>(e.TargetObject));
        Assert.Equal(["Push r.example/app:1"], engine.Calls.Where(c => c.StartsWith("Push", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_tags_of_an_images_one_repository_need_no_choice()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("r.example:5000/app:1", "r.example:5000/app:latest");
        using var session = new Session(engine.Uri);
        session.Get("Get-ContainerImage | Publish-ContainerImage -AllTags");
        Assert.Contains("Push r.example:5000/app", engine.Calls);
    }

    [Fact]
    public async Task A_wildcard_sends_the_references_that_match()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("r.example/a:1", "other/a:1");
        engine.AddImage("r.example/b:1");
        using var session = new Session(engine.Uri);
        Assert.Equal(2, session.Get("Publish-ContainerImage r.example/*").Length);
        session.Get("Publish-ContainerImage other/a:1 -WhatIf");
        Assert.DoesNotContain("Push other/a:1", engine.Calls);
    }

    [Fact]
    public async Task It_works_in_a_job()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        PSObject pushed = session.Get("Publish-ContainerImage r.example/app:1 -AsJob | Receive-Job -Wait").Single();
        Assert.IsType<PushResult>(pushed.BaseObject);
    }
}
