using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class PullTests(EngineFixture fixture) : RegistryTest(fixture)
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("none")]
    public async Task An_image_that_was_pulled_runs_and_is_known_by_tag_and_digest(string compression)
    {
        var layout = new TestLayout { Name = "x" };
        layout.Add(SmallLayer(), compression).Add(BusyboxImage.Archive, compression).Add(SmallLayer("pulled"), compression);
        await Skopeo.PushAsync(layout.ToOciArchive(), At("team/app:1"), Cancel);
        var steps = new List<ImageProgress>();
        ContainerImage image = Assert.Single(await PullAsync(new ImagePull { Reference = At("team/app:1") }, steps.Add));
        string digest = await DigestAsync("team/app:1");
        Assert.Equal([At("team/app:1")], image.References);
        Assert.Equal([$"{At("team/app")}@{digest}"], image.Digests);
        Assert.Equal(digest, image.ManifestDigest);
        Assert.Equal(
            3, steps.Where(step => step.Activity is "Done" or "Already exists").Select(step => step.Item).Distinct().Count());
        Assert.All(steps.Where(step => step.Activity == "Done"), step => Assert.Equal(step.Total, step.Current));
        RunResult run = await RunAsync(Script("cat /etc/marker") with { Image = At("team/app:1") });
        Assert.Equal("pulled", run.Text);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task Pulling_what_is_here_downloads_nothing_and_says_so()
    {
        await FillAsync("app:1", "a", "b");
        ContainerImage first = await PullOneAsync(At("app:1"));
        var steps = new List<ImageProgress>();
        ContainerImage again = Assert.Single(await PullAsync(new ImagePull { Reference = At("app:1") }, steps.Add));
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(2, steps.Count(step => step.Activity == "Already exists"));
        Assert.DoesNotContain(steps, step => step.Activity == "Downloading");
    }

    [Fact]
    public async Task A_pull_by_digest_makes_no_tag()
    {
        await FillAsync("app:1", "a");
        string digest = await DigestAsync("app:1");
        ContainerImage image = await PullOneAsync(At($"app:1@{digest}"));
        Assert.Empty(image.References);
        Assert.Equal([At($"app@{digest}")], image.Digests);
        Assert.Equal(image.Id, (await Images.GetAsync(At($"app@{digest}"), null, Cancel)).Id);
    }

    [Fact]
    public async Task A_moved_tag_leaves_the_old_image_without_a_name()
    {
        await FillAsync("app:1", "old");
        ContainerImage old = await PullOneAsync(At("app:1"));
        await FillAsync("app:1", "new");
        ContainerImage moved = await PullOneAsync(At("app:1"));
        Assert.NotEqual(old.Id, moved.Id);
        ContainerImage dangling = await Images.GetAsync(old.Id, null, Cancel);
        Assert.Empty(dangling.References);
        Assert.Single(dangling.Digests);
    }

    [Fact]
    public async Task All_tags_are_pulled_and_what_is_no_image_is_told()
    {
        byte[] one = new TestLayout { Name = "x" }.Add(SmallLayer(), "gzip").ToOciArchive();
        await Skopeo.PushAsync(one, At("app:1"), Cancel);
        await FillAsync("app:2", "two");
        await Skopeo.PushAsync(one, At("app:3"), Cancel);
        var warnings = new List<string>();
        List<ContainerImage> images = await PullAsync(
            new ImagePull { Reference = At("app"), AllTags = true }, warnings: warnings);
        Assert.Equal(
            [At("app:1"), At("app:2"), At("app:3")],
            images.SelectMany(image => image.References).Order(StringComparer.Ordinal));
        Assert.Empty(warnings);
        Assert.Equal(2, images.Count);
    }

    [Fact]
    public async Task The_policy_says_whether_the_registry_is_asked()
    {
        var never = new ImagePull { Reference = At("app:1"), Policy = PullPolicy.Never };
        await FailsAsync(EngineErrorReason.ImageNotFound, () => PullAsync(never));
        await FillAsync("app:1", "old");
        await FailsAsync(EngineErrorReason.ImageNotFound, () => PullAsync(never));
        var missing = never with { Policy = PullPolicy.Missing };
        ContainerImage old = Assert.Single(await PullAsync(missing));
        await FillAsync("app:1", "new");
        Assert.Equal(old.Id, Assert.Single(await PullAsync(missing)).Id);
        Assert.Equal(old.Id, Assert.Single(await PullAsync(never)).Id);
        Assert.NotEqual(old.Id, (await PullOneAsync(At("app:1"))).Id);
    }

    [Fact]
    public async Task Of_an_index_the_platform_is_pulled_that_runs_here_or_was_asked_for()
    {
        byte[] archive = TestLayout.ToOciArchive(
            "x",
            new TestLayout { Architecture = "arm64" }.Add(SmallLayer(), "gzip"),
            new TestLayout { Architecture = "amd64" }.Add(SmallLayer(), "gzip"),
            new TestLayout { Architecture = "s390x" }.Add(SmallLayer(), "gzip"));
        await Skopeo.PushAsync(archive, At("app:1"), Cancel);
        string digest = await DigestAsync("app:1");
        ContainerImage here = await PullOneAsync(At("app:1"));
        Assert.Equal("amd64", here.Architecture);
        Assert.Equal([At($"app@{digest}")], here.Digests);
        ContainerImage arm = Assert.Single(
            await PullAsync(new ImagePull { Reference = At("app:1"), Platform = "linux/arm64" }));
        Assert.Equal("arm64", arm.Architecture);

        // Both came of the same index, so that the tag names both.
        Assert.Equal([At("app:1")], (await Images.GetAsync(here.Id, null, Cancel)).References);
        Assert.Equal([At("app:1")], arm.References);
        EngineException error = await FailsAsync(
            EngineErrorReason.PlatformNotFound,
            () => PullAsync(new ImagePull { Reference = At("app:1"), Platform = "linux/riscv64" }));
        Assert.Contains("linux/riscv64", error.Message, StringComparison.Ordinal);
        Assert.Contains("linux/s390x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_and_what_cannot_be_is_said_clearly()
    {
        await FailsAsync(EngineErrorReason.ManifestNotFound, () => PullOneAsync(At("nothing:1")));
        await FailsAsync(EngineErrorReason.InvalidReference, () => PullOneAsync("scratch"));
        await FailsAsync(EngineErrorReason.InvalidReference, () => PullOneAsync(At("UPPER")));
        await FailsAsync(
            EngineErrorReason.InvalidReference,
            () => PullAsync(new ImagePull { Reference = At("app:1"), AllTags = true }));
        await FailsAsync(
            EngineErrorReason.InvalidPlatform,
            () => PullAsync(new ImagePull { Reference = At("app:1"), Platform = "a/b/c/d" }));
    }

    private async Task FillAsync(string name, params string[] contents)
    {
        var layout = new TestLayout { Name = "x" };
        foreach (string content in contents)
        {
            layout.Add(SmallLayer(content), "gzip");
        }

        await Skopeo.PushAsync(layout.ToOciArchive(), At(name), Cancel);
    }

    private async Task<string> DigestAsync(string name)
    {
        string raw = await Skopeo.RawAsync(At(name), Cancel);
        return TestLayout.Digest(System.Text.Encoding.UTF8.GetBytes(raw));
    }
}
