namespace Engine.Commands.Tests;

[Collection(DockerConfigurationFolder.Collection)]
public sealed class ContainerManifestCommandTests : IDisposable
{
    private readonly DockerConfigurationFolder _configuration = new();

    [Fact]
    public async Task A_search_says_what_was_filtered()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Assert.Equal(
            ["busybox", "team/busybox"],
            session.Get("Find-ContainerImage box -Limit 3 -Filter is-official=true, stars=2").Select(f => ((FoundImage)f.BaseObject).Name));
        session.Get("Find-ContainerImage other -Filter @{ 'is-official' = $false }");
        Assert.Equal(
            ["Search box 3 official=True stars=2", "Search other 25 official=False"],
            engine.Calls.Where(c => c.StartsWith("Search", StringComparison.Ordinal)));
        Assert.Equal(["InvalidFilter"], session.Run("Find-ContainerImage box -Filter is-automated=true").ErrorIds);
        Assert.Equal(["InvalidFilter"], session.Run("Find-ContainerImage box -Filter stars").ErrorIds);
    }

    [Fact]
    public async Task Tags_are_found_images_that_pipe_on()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Assert.Equal(
            ["r.example/box:1", "r.example/box:2"],
            session.Get("(Find-ContainerImage r.example/box -Tag -Limit 2).Name").Select(n => n.ToString()));
        session.Get("Find-ContainerImage r.example/box -Tag | Get-ContainerManifest");
        Assert.Contains("GetManifest r.example/box:latest", engine.Calls);
    }

    [Fact]
    public async Task A_manifest_is_a_tree_and_its_text_is_the_document()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Assert.Equal("linux/arm64/v8", session.Get("[string](Get-ContainerManifest a:1).Manifests[0].Platform").Single().ToString());
        Assert.Equal("""{"schemaVersion":2}""", session.Get("Get-ContainerManifest a:1 -Raw -Insecure").Single().BaseObject);
        Assert.Contains("GetManifest a:1 insecure", engine.Calls);
    }

    [Fact]
    public async Task A_list_is_made_annotated_and_pushed_in_one_pipeline()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        var pushed = (PushResult)session.Get("""
            'r/a', 'r/b', 'r/c' | New-ContainerManifest r/app:1 -DockerFormat |
                Set-ContainerManifest r/b, r/c -Os linux -Architecture arm64 -Variant v8 |
                Set-ContainerManifest r/c -Variant v9 -OsVersion 1.2 -OsFeature a, b |
                Publish-ContainerManifest
            """).Single().BaseObject;
        Assert.Equal(("r/app:1", 321L), (pushed.Reference, pushed.Size));
        ManifestList list = engine.PushedList!;
        Assert.True(list.DockerFormat);
        Assert.Equal(["r/a /", "r/b linux/arm64/v8", "r/c linux/arm64/v9"], list.Entries.Select(e => $"{e.Reference} {e.Platform}"));
        Assert.Equal(("1.2", "a,b"), (list.Entries[2].Platform.OsVersion, string.Join(',', list.Entries[2].Platform.OsFeatures)));
    }

    [Fact]
    public async Task An_annotation_changes_no_list_but_the_one_that_comes_out()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("""
            $before = New-ContainerManifest app -Image a
            $after = $before | Set-ContainerManifest a, other -Os linux
            [string]$before.Entries[0].Platform; [string]$after.Entries[0].Platform
            $after | Publish-ContainerManifest -WhatIf
            """);
        Assert.Equal(["/", "linux/"], result.Output.Select(o => o.ToString()));
        Assert.Equal(["ManifestNotFound"], result.ErrorIds);
        Assert.Null(engine.PushedList);
    }

    [Fact]
    public async Task What_a_registry_says_is_the_error()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Failure = ("GetManifest", new EngineException(EngineErrorCode.NotFound, EngineErrorReason.ManifestNotFound, "not there"));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run("Get-ContainerManifest a, b");
        Assert.Equal(["ManifestNotFound", "ManifestNotFound"], result.ErrorIds);
        Assert.Equal(["a", "b"], result.Errors.Select(e => e.TargetObject));
        engine.Failure = ("ListTags", new EngineException(EngineErrorCode.NotFound, EngineErrorReason.RepositoryNotFound, "not there"));
        Assert.Equal("a", Assert.Single(session.Run("Find-ContainerImage a -Tag").Errors).TargetObject);
    }

    public void Dispose() => _configuration.Dispose();
}
