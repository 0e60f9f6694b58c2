using System.Collections.Concurrent;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Images.Pull;

/// <summary>What is in the store, and what names it, after a pull.</summary>
public sealed class PulledContentTests : PullTest
{
    [Fact]
    public async Task An_image_that_was_imported_gets_the_blobs_of_the_manifest_that_is_pulled()
    {
        byte[][] layers = [RandomLayer.Tar(1, 1), RandomLayer.Tar(1, 2)];
        var archive = new LayoutBuilder().Image("app", "linux/amd64", layers).ToArchive();
        var imported = Assert.Single(
            await Images.All.Import.HandleAsync(new MemoryStream(archive), new ImageImport(), null, Cancel));
        var config = System.Text.Json.Nodes.JsonNode.Parse(
            await File.ReadAllBytesAsync(Blob(imported.Id), Cancel))!.AsObject();
        var image = ServedImage.Add(Registry, "app", "1", layers, was =>
        {
            was.Clear();
            foreach (var (key, value) in config)
            {
                was[key] = value?.DeepClone();
            }
        }, null);
        Assert.Equal(imported.Id, image.Config);
        var steps = new ConcurrentQueue<ImageProgress>();
        var pulled = Assert.Single(await PullAsync("app:1", steps));
        Assert.Equal(imported.Id, pulled.Id);
        Assert.Equal(image.Digest, pulled.ManifestDigest);
        Assert.All(image.Layers.Append(image.Digest), digest => Assert.True(File.Exists(Blob(digest)), digest));
        Assert.DoesNotContain(steps, step => step.Activity == "Unpacking");
        Consistency.Check(Images);
    }

    [Fact]
    public async Task An_image_without_layers_is_pulled()
    {
        ServedImage.Add(Registry, "app", "1");
        var image = Assert.Single(await PullAsync("app:1"));
        Assert.Empty(image.Layers);
        Consistency.Check(Images);
    }

    [Fact]
    public async Task An_attestation_is_not_taken_for_an_image_and_a_nested_index_is_looked_into()
    {
        var amd = ServedImage.Add(Registry, "app", null, RandomLayer.Tar(1, 1));
        var arm = ServedImage.Add(Registry, "app", null, [RandomLayer.Tar(1, 2)], null, null, "linux/arm64");
        var attestation = ServedImage.Entry(amd.Digest, "linux/amd64");
        attestation["annotations"] = new System.Text.Json.Nodes.JsonObject
        {
            ["vnd.docker.reference.type"] = "attestation-manifest",
        };
        var nested = ServedImage.AddIndex(Registry, "app", null, ServedImage.Entry(amd.Digest, "linux/amd64"));
        var index = ServedImage.AddIndex(
            Registry, "app", "1", attestation, ServedImage.Entry(amd.Digest, "unknown/unknown"),
            ServedImage.Entry(arm.Digest, "linux/arm64"), ServedImage.Entry(nested, null, ServedImage.IndexType));
        var image = Assert.Single(await PullAsync(new ImagePull { Reference = At("app:1"), Platform = "linux/amd64" }));
        Assert.Equal(amd.Config, image.Id);
        Assert.Equal([At($"app@{index}")], image.Digests);
        Assert.All((string[])[index, nested, amd.Digest], digest => Assert.True(File.Exists(Blob(digest)), digest));
    }

    [Fact]
    public async Task A_single_manifest_for_another_platform_is_refused_when_one_was_asked_for_and_told_when_not()
    {
        ServedImage.Add(Registry, "app", "1", [RandomLayer.Tar(1)], null, null, "linux/s390x");
        await FailsAsync(
            EngineErrorReason.PlatformNotFound,
            () => PullAsync(new ImagePull { Reference = At("app:1"), Platform = "linux/amd64" }));
        var warnings = new List<string>();
        await Images.All.Pull.HandleAsync(new ImagePull { Reference = At("app:1") }, null, warnings.Add, Cancel);
        Assert.Contains("linux/s390x", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_all_tags_one_that_is_broken_does_not_lose_the_others()
    {
        ServedImage.Add(Registry, "app", "good", RandomLayer.Tar(1, 1));
        var bad = ServedImage.Add(Registry, "app", "bad", RandomLayer.Tar(1, 2));
        ServedImage.Add(Registry, "app", "last", RandomLayer.Tar(1, 3));
        Registry.On(
            "GET", "/v2/app/blobs/" + bad.Layers[0],
            _ => new FaultyAnswer { Body = new byte[Registry.Blob("app", bad.Layers[0])!.Length] });
        Registry.On("GET", "/v2/app/tags/list", _ => FaultyAnswer.Json("""{"name":"app","tags":["good","bad","last"]}"""));
        var warnings = new List<string>();
        var images = await Images.All.Pull.HandleAsync(
            new ImagePull { Reference = At("app"), AllTags = true }, null, warnings.Add, Cancel);
        Assert.Equal([At("app:good"), At("app:last")], images.SelectMany(image => image.References));
        Assert.Contains("'bad'", Assert.Single(warnings), StringComparison.Ordinal);
        Consistency.Check(Images);
    }

    [Fact]
    public async Task A_layer_that_is_here_from_another_image_is_not_downloaded_again()
    {
        var shared = RandomLayer.Tar(1, 1);
        ServedImage.Add(Registry, "app", "1", shared);
        var second = ServedImage.Add(Registry, "app", "2", shared, RandomLayer.Tar(1, 2));
        await PullAsync("app:1");
        var steps = new ConcurrentQueue<ImageProgress>();
        await PullAsync("app:2", steps);
        Assert.Equal(1, Asked(second.Layers[0]));
        Assert.Contains(steps, step => step.Activity == "Already exists");
        Assert.Contains(steps, step => step.Activity == "Done");
        Consistency.Check(Images);
    }

    [Fact]
    public async Task A_removed_image_leaves_the_store_as_it_was()
    {
        ServedImage.Add(Registry, "app", "1", RandomLayer.Tar(1, 1), RandomLayer.Tar(1, 2));
        await PullAsync("app:1");
        await Images.All.Remove.HandleAsync(At("app:1"), false, false, null, Cancel);
        Images.AssertEmpty();
    }

    private string Blob(string digest) =>
        System.IO.Path.Combine(Images.Directories.Blobs, digest["sha256:".Length..]);
}
