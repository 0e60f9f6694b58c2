using System.Management.Automation;
using Engine.Protocol;

namespace Engine.Commands.Tests;

public class InstallContainerImageCommandTests
{
    [Fact]
    public async Task An_image_is_asked_for_as_the_parameters_say()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        var image = (ContainerImage)session
            .Get("Install-ContainerImage app:1 -Platform linux/arm64 -Policy Missing").Single().BaseObject;
        Assert.Equal(["app:1"], image.References);
        Assert.Equal(engine.Uri, image.Engine!.Uri.ToString());
        ImagePull pull = engine.Pulled!.ToModel();
        Assert.Equal(
            ("app:1", "linux/arm64", false, PullPolicy.Missing), (pull.Reference, pull.Platform, pull.AllTags, pull.Policy));
        Assert.Equal(2, session.Get("Install-ContainerImage app -AllTags").Length);
        Assert.Equal(PullPolicy.Always, engine.Pulled!.ToModel().Policy);
    }

    [Fact]
    public async Task Layers_are_shown_below_their_image_and_all_of_it_is_gone_at_the_end()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Progress.AddRange(
        [
            new("aaaa", "Downloading", 0, 100), new("bbbb", "Waiting", 0, 300), new("aaaa", "Downloading", 100, 100),
            new("bbbb", "Already exists", 300, 300),
        ]);
        using var session = new Session(engine.Uri);
        ProgressRecord[] records = session.Run("Install-ContainerImage app:1").Progress;
        ProgressRecord parent = records[0];
        Assert.Equal(("Installing image", "app:1", -1), (parent.Activity, parent.StatusDescription, parent.ParentActivityId));
        ProgressRecord[] children = [.. records.Where(r => r.ActivityId != parent.ActivityId)];
        Assert.Equal(["aaaa", "bbbb"], children.Select(c => c.Activity).Distinct());
        Assert.Equal(2, children.Select(c => c.ActivityId).Distinct().Count());
        Assert.All(children, c => Assert.Equal(parent.ActivityId, c.ParentActivityId));
        Assert.Contains(records, r => r.ActivityId == parent.ActivityId && r.PercentComplete == 25);
        Assert.All(
            records.GroupBy(r => r.ActivityId), g => Assert.Equal(ProgressRecordType.Completed, g.Last().RecordType));
    }

    [Fact]
    public async Task A_layer_that_reports_without_a_pause_is_shown_a_few_times_only()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Progress.AddRange(Enumerable.Range(0, 5000).Select(i => new ImageProgress("aaaa", "Downloading", i, 100_000)));
        using var session = new Session(engine.Uri);
        Assert.InRange(session.Run("Install-ContainerImage app:1").Progress.Length, 4, 400);
    }

    [Fact]
    public async Task Two_images_at_once_have_records_of_their_own()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Progress.Add(new("aaaa", "Downloading", 50, 100));
        using var session = new Session(engine.Uri);
        ProgressRecord[] records = session.Run("'app:1', 'web:2' | Install-ContainerImage").Progress;
        int[] parents = [.. records.Where(r => r.ParentActivityId < 0).Select(r => r.ActivityId).Distinct()];
        Assert.Equal(2, parents.Length);
        Assert.Equal(parents.Order(), records.Where(r => r.Activity == "aaaa").Select(r => r.ParentActivityId).Distinct().Order());
        Assert.Equal(2, records.Where(r => r.Activity == "aaaa").Select(r => r.ActivityId).Distinct().Count());
    }

    [Fact]
    public async Task What_a_registry_wants_users_to_read_is_a_warning()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Warnings.AddRange(Enumerable.Range(0, 3000).Select(i => $"warning {i}"));
        using var session = new Session(engine.Uri);
        Assert.Equal(engine.Warnings, session.Run("Install-ContainerImage app:1").Warnings);
    }

    [Fact]
    public async Task One_that_fails_is_an_error_about_its_reference_and_costs_the_others_nothing()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        await using FakeEngine broken = await FakeEngine.StartAsync();
        broken.Failure = ("Pull", new EngineException(
            EngineErrorCode.Unauthenticated, EngineErrorReason.RegistryUnauthorized, "Sign in first."));
        using var session = new Session();
        Session.Result result = session.Run($"Install-ContainerImage app:1 -Engine {engine.Uri}, {broken.Uri}");
        Assert.Equal(engine.Uri, ((ContainerImage)result.Output.Single().BaseObject).Engine!.Uri.ToString());
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("RegistryUnauthorized", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Equal("app:1", error.TargetObject);
    }

    [Fact]
    public async Task References_come_by_value_and_by_property()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("old:1", "old:2");
        using var session = new Session(engine.Uri);
        session.Get("[pscustomobject]@{ Reference = 'a' }, [pscustomobject]@{ Image = 'b' }, 'c' | Install-ContainerImage");
        session.Get("Get-ContainerImage old:1 | Install-ContainerImage");
        session.Get($"[Engine.FoundImage]@{{ Name = 'found'; Engine = (Connect-Engine {engine.Uri}) }} | Install-ContainerImage");
        Assert.Equal(
            ["Pull a", "Pull b", "Pull c", "Pull found", "Pull old:1", "Pull old:2"],
            engine.Calls.Where(c => c.StartsWith("Pull", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task At_most_four_go_on_at_once()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Stall = "Pull";
        using var session = new Session(engine.Uri);
        session.Get("$job = 1..9 | ForEach-Object { \"app:$_\" } | Install-ContainerImage -AsJob");
        await Eventually.True(() => Pulls(engine) == 4, "four pulls were never begun");
        session.Get("$job | Stop-Job");
        Assert.Equal(4, Pulls(engine));
    }

    [Fact]
    public async Task A_job_keeps_the_progress_and_the_warnings_for_whoever_receives_it()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Progress.Add(new("aaaa", "Downloading", 50, 100));
        engine.Warnings.Add("mind the gap");
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Install-ContainerImage app:1 -AsJob | Receive-Job -Wait");
        Assert.Equal("app:1", result.Output.Single().ToString());
        Assert.Equal(["mind the gap"], result.Warnings);
        Assert.Contains(result.Progress, r => r.Activity == "aaaa");
    }

    [Fact]
    public async Task With_what_if_nothing_is_asked_for()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Assert.Empty(session.Get("Install-ContainerImage app:1 -WhatIf; Install-ContainerImage app:1 -AsJob -WhatIf"));
        Assert.Null(engine.Pulled);
    }

    [Fact]
    public async Task A_pull_that_fails_leaves_nothing_on_the_screen()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Progress.Add(new("aaaa", "Downloading", 50, 100));
        engine.Failure = ("Pull", new EngineException(EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull, "It is full."));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Install-ContainerImage app:1");
        Assert.Equal(["DiskFull"], result.ErrorIds);
        Assert.Equal(2, result.Progress.GroupBy(r => r.ActivityId).Count());
        Assert.All(
            result.Progress.GroupBy(r => r.ActivityId), g => Assert.Equal(ProgressRecordType.Completed, g.Last().RecordType));
    }

    private static int Pulls(FakeEngine engine) => engine.Calls.Count(c => c.StartsWith("Pull", StringComparison.Ordinal));
}
