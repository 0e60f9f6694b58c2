using System.Text;
using System.Text.Json.Nodes;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Images;

public sealed class PushTests(EngineFixture fixture) : RegistryTest(fixture)
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("none")]
    public async Task What_was_pulled_is_pushed_with_the_very_bytes(string compression)
    {
        byte[] archive = new TestLayout { Name = "x" }
            .Add(SmallLayer(), compression).Add(SmallLayer(), compression).ToOciArchive();
        await Skopeo.PushAsync(archive, At("from/app:1"), Cancel);
        await PullOneAsync(At("from/app:1"));
        await Images.TagAsync(At("from/app:1"), At("to/app:2"), Cancel);
        PushResult pushed = Assert.Single(await PushAsync(new ImagePush { Reference = At("to/app:2") }));
        Assert.Equal(await RawAsync("from/app:1"), await RawAsync("to/app:2"));
        Assert.Equal(TestLayout.Digest(Encoding.UTF8.GetBytes(await RawAsync("to/app:2"))), pushed.Digest);
        Assert.Equal(At("to/app:2"), pushed.Reference);
        ContainerImage image = await Images.GetAsync(At("to/app:2"), null, Cancel);
        Assert.Contains(At($"to/app@{pushed.Digest}"), image.Digests);
        await EngineTruth.AssertAsync(Engine, Cancel);
    }

    [Fact]
    public async Task What_was_imported_is_pushed_and_skopeo_reads_it_whole()
    {
        string reference = At("made:1");
        ContainerImage image = await ImportOneAsync(SmallLayer(), reference);
        var steps = new List<ImageProgress>();
        PushResult pushed = Assert.Single(await PushAsync(new ImagePush { Reference = reference }, steps.Add));
        Assert.Contains(steps, step => step.Activity == "Done");
        string copy = Directory.CreateTempSubdirectory("engine-copy-").FullName;
        try
        {
            // skopeo computes every digest on the way.
            await Skopeo.RunAsync(
                Cancel, "copy", "--src-tls-verify=false", "docker://" + reference, "dir:" + copy);
            string manifest = await File.ReadAllTextAsync(Path.Combine(copy, "manifest.json"), Cancel);
            Assert.Equal(pushed.Digest, TestLayout.Digest(Encoding.UTF8.GetBytes(manifest)));
            Assert.Equal(image.Id, (string)JsonNode.Parse(manifest)!["config"]!["digest"]!);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task A_second_push_sends_nothing_and_another_repository_gets_its_blobs_by_mounting()
    {
        string reference = At("made:1"), other = At("mounted:1");
        await ImportOneAsync(SmallLayer(), reference);
        await PushAsync(new ImagePush { Reference = reference });
        var steps = new List<ImageProgress>();
        await PushAsync(new ImagePush { Reference = reference }, steps.Add);
        Assert.All(Last(steps), step => Assert.Equal("Already exists", step.Activity));
        await Images.TagAsync(reference, other, Cancel);
        steps.Clear();
        await PushAsync(new ImagePush { Reference = other }, steps.Add);
        Assert.All(Last(steps), step => Assert.Equal("Mounted from made", step.Activity));
        Assert.Equal(await RawAsync("made:1"), await RawAsync("mounted:1"));
    }

    [Fact]
    public async Task All_tags_are_pushed()
    {
        await ImportOneAsync(SmallLayer(), At("many:1"), At("many:2"));
        await ImportOneAsync(SmallLayer(), At("many:3"));
        List<PushResult> pushed = await PushAsync(new ImagePush { Reference = At("many"), AllTags = true });
        Assert.Equal([At("many:1"), At("many:2"), At("many:3")], pushed.Select(result => result.Reference));
        Assert.Equal(2, pushed.Select(result => result.Digest).Distinct().Count());
        Assert.Equal(pushed[2].Digest, TestLayout.Digest(Encoding.UTF8.GetBytes(await RawAsync("many:3"))));
    }

    [Fact]
    public async Task An_index_that_is_here_as_a_whole_is_pushed_as_it_came()
    {
        await FillIndexAsync("amd64", "arm64");
        await PullOneAsync(At("multi:1"));
        await PullAsync(new ImagePull { Reference = At("multi:1"), Platform = "linux/arm64" });
        await Images.TagAsync(At("multi:1"), At("again:1"), Cancel);
        PushResult pushed = Assert.Single(await PushAsync(new ImagePush { Reference = At("again:1") }));
        Assert.Equal(await RawAsync("multi:1"), await RawAsync("again:1"));
        Assert.Equal(TestLayout.Digest(Encoding.UTF8.GetBytes(await RawAsync("again:1"))), pushed.Digest);
    }

    [Fact]
    public async Task Of_an_index_what_is_here_is_pushed_with_a_new_index()
    {
        await FillIndexAsync("amd64", "arm64", "s390x");
        await PullOneAsync(At("multi:1"));
        await PullAsync(new ImagePull { Reference = At("multi:1"), Platform = "linux/arm64" });
        await Images.TagAsync(At("multi:1"), At("some:1"), Cancel);
        PushResult pushed = Assert.Single(await PushAsync(new ImagePush { Reference = At("some:1") }));
        JsonArray manifests = JsonNode.Parse(await RawAsync("some:1"))!["manifests"]!.AsArray();
        Assert.Equal(
            ["amd64", "arm64"],
            manifests.Select(entry => (string)entry!["platform"]!["architecture"]!).Order(StringComparer.Ordinal));

        // What was pushed is now known: another push sends the same index.
        Assert.Equal(pushed.Digest, Assert.Single(await PushAsync(new ImagePush { Reference = At("some:1") })).Digest);
        await PushAsync(new ImagePush { Reference = At("some:1"), Platform = "linux/arm64" });
        string single = await RawAsync("some:1");
        Assert.NotNull(JsonNode.Parse(single)!["config"]);
        await FailsAsync(
            EngineErrorReason.PlatformNotFound,
            () => PushAsync(new ImagePush { Reference = At("some:1"), Platform = "linux/s390x" }));
    }

    [Fact]
    public async Task An_image_whose_blob_is_lost_is_not_pushed_at_all()
    {
        string reference = At("lost:1");
        ContainerImage image = await ImportOneAsync(SmallLayer(), reference);
        string raw = await File.ReadAllTextAsync(BlobPath(image.ManifestDigest), Cancel);
        File.Delete(BlobPath((string)JsonNode.Parse(raw)!["layers"]![0]!["digest"]!));
        await FailsAsync(EngineErrorReason.ContentMissing, () => PushAsync(new ImagePush { Reference = reference }));
        await Images.RemoveAsync(image.Id, force: true, Cancel);
    }

    [Fact]
    public async Task What_cannot_be_pushed_is_said_clearly()
    {
        await FailsAsync(EngineErrorReason.ImageNotFound, () => PushAsync(new ImagePush { Reference = At("no:1") }));
        await FailsAsync(
            EngineErrorReason.ImageNotFound, () => PushAsync(new ImagePush { Reference = At("no"), AllTags = true }));
        await FailsAsync(
            EngineErrorReason.InvalidReference,
            () => PushAsync(new ImagePush { Reference = At("no:1"), AllTags = true }));
        await FailsAsync(
            EngineErrorReason.InvalidReference,
            () => PushAsync(new ImagePush { Reference = At("no@sha256:" + new string('a', 64)) }));
    }

    private static IEnumerable<ImageProgress> Last(List<ImageProgress> steps) =>
        steps.GroupBy(step => step.Item).Select(item => item.Last());

    private string BlobPath(string digest) =>
        Path.Combine(Engine.DataRoot, "blobs", "sha256", digest["sha256:".Length..]);

    private async Task FillIndexAsync(params string[] architectures) => await Skopeo.PushAsync(
        TestLayout.ToOciArchive(
            "x",
            [.. architectures.Select(name => new TestLayout { Architecture = name }.Add(SmallLayer(), "gzip"))]),
        At("multi:1"), Cancel);

    private Task<string> RawAsync(string name) => Skopeo.RawAsync(At(name), Cancel);
}
