using System.Text;
using System.Text.Json;
using Engine.Client;
using Engine.Integration.Tests.Harness;
using Engine.Integration.Tests.Images;
using Engine.Testing.Registry;

namespace Engine.Integration.Tests.Registries;

/// <summary>Lists of manifests at Debian's docker-registry, looked at by skopeo.</summary>
public sealed class ManifestListTests(EngineFixture fixture) : RegistryTest(fixture)
{
    private RegistriesClient Registries => Engine.Client.Registries;

    [Fact]
    public async Task A_list_of_images_of_other_repositories_is_one_that_skopeo_copies_whole()
    {
        await Skopeo.PushAsync(Layout("amd64"), At("one:1"), Cancel);
        await Skopeo.PushAsync(Layout("arm64"), At("two:1"), Cancel);
        PushResult pushed = await Registries.PushManifestListAsync(
            new ManifestList
            {
                Reference = At("app:all"),
                Entries =
                [
                    new() { Reference = At("one:1") },
                    new() { Reference = At("two:1"), Platform = new() { Variant = "v8" } },
                ],
            },
            insecure: false, credential: null, Cancel);
        using var raw = JsonDocument.Parse(await Skopeo.RawAsync(At("app:all"), Cancel));
        Assert.Equal(
            ["linux/amd64/", "linux/arm64/v8"],
            raw.RootElement.GetProperty("manifests").EnumerateArray().Select(m => m.GetProperty("platform")).Select(p =>
                $"{p.GetProperty("os")}/{p.GetProperty("architecture")}/{(p.TryGetProperty("variant", out JsonElement v) ? v.GetString() : "")}"));
        string copy = Directory.CreateTempSubdirectory("engine-test-").FullName;
        try
        {
            await Skopeo.RunAsync(
                Cancel, "copy", "--all", "--src-tls-verify=false", $"docker://{At("app:all")}", $"dir:{copy}");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }

        ManifestDescriptor found = await Registries.GetManifestAsync(At("app:all"), insecure: false, credential: null, Cancel);
        Assert.Equal((pushed.Digest, pushed.Size), (found.Digest, found.Size));
        Assert.Equal([2, 2], found.Manifests.Select(m => m.Contents.Count));
        Assert.Equal(Engine.Client.Connection, found.Engine);
    }

    [Fact]
    public async Task The_image_of_a_list_that_is_pulled_is_the_hosts()
    {
        await Skopeo.PushAsync(Layout("amd64"), At("app:amd64"), Cancel);
        await Skopeo.PushAsync(Layout("arm64"), At("app:arm64"), Cancel);
        await Registries.PushManifestListAsync(
            new ManifestList
            {
                Reference = At("app:1"),
                DockerFormat = true,
                Entries = [new() { Reference = At("app:arm64") }, new() { Reference = At("app:amd64") }],
            },
            insecure: false, credential: null, Cancel);
        Assert.Equal("amd64", (await PullOneAsync(At("app:1"))).Architecture);
    }

    [Fact]
    public async Task Tags_come_in_all_however_many_they_are()
    {
        await Skopeo.PushAsync(Layout("amd64"), At("app:t000"), Cancel);
        ManifestListEntry entry = new() { Reference = At("app:t000") };
        string[] tags = [.. Enumerable.Range(0, 150).Select(i => $"t{i:000}")];
        foreach (string tag in tags.Skip(1))
        {
            await Registries.PushManifestListAsync(
                new ManifestList { Reference = At($"app:{tag}"), Entries = [entry] }, insecure: false, credential: null, Cancel);
        }

        // This registry has no order of its own.
        Assert.Equal(tags, (await Registries.ListTagsAsync(At("app"), null, Cancel).ToListAsync(Cancel)).Order());
        EngineException missing = await Assert.ThrowsAsync<EngineException>(
            () => Registries.ListTagsAsync(At("nothing"), null, Cancel).ToListAsync(Cancel).AsTask());
        Assert.Equal(EngineErrorReason.RepositoryNotFound, missing.Reason);
    }

    [Fact]
    public async Task Manifests_as_large_as_registries_must_take_come_in_one_piece()
    {
        await using FaultyRegistry faulty = FaultyRegistry.Start();
        string Large(char filling, string more) => faulty.AddManifest(
            "app", "1", "application/vnd.oci.image.index.v1+json",
            Encoding.UTF8.GetBytes(
                "{\"schemaVersion\":2,\"annotations\":{\"a\":\"" + new string(filling, 4_100_000) + "\"},\"manifests\":[" + more + "]}"));
        string Entry(string digest) =>
            "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"digest\":\"" + digest + "\",\"size\":1}";
        string below = Large('x', "");
        Large('y', Entry(below));
        ManifestDescriptor found = await Registries.GetManifestAsync($"{faulty.Host}/app:1", insecure: false, credential: null, Cancel);
        Assert.Equal((4_100_000, below), (found.Manifests[0].Annotations["a"].Length, found.Manifests[0].Digest));
        // As many again, and it is more than one answer holds.
        Large('z', string.Join(',', Enumerable.Repeat(Entry(below), 5)));
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            () => Registries.GetManifestAsync($"{faulty.Host}/app:1", insecure: false, credential: null, Cancel));
        Assert.Equal(EngineErrorReason.InputTooLarge, error.Reason);
        Assert.Contains("by digest", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Layout(string architecture) =>
        new TestLayout { Name = "x", Architecture = architecture }.Add(SmallLayer(), "gzip").ToOciArchive();
}
