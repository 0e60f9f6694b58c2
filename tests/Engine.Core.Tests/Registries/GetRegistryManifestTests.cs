using Engine.Core.Registries;
using Engine.Oci;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Registries;

public sealed class GetRegistryManifestTests : RegistryOperationTest
{
    private const string Arm = ""","platform":{"os":"linux","architecture":"arm64","variant":"v8"}""";

    [Fact]
    public async Task A_manifest_tells_what_it_is_made_of()
    {
        string digest = AddImage("app", "1", "linux", "amd64");
        ManifestDescriptor manifest = await GetAsync("app:1");
        Assert.Equal((At("app:1"), digest, MediaTypes.OciManifest), (manifest.Reference, manifest.Digest, manifest.MediaType));
        Assert.Equal([MediaTypes.OciConfig, MediaTypes.OciLayer], manifest.Contents.Select(c => c.MediaType));
        Assert.Equal(digest, Digest.Compute(manifest.Raw.Span).ToString());
        Assert.Equal((manifest.Raw.Length, "amd64"), (manifest.Size, manifest.Annotations["of"]));
        Assert.Null(manifest.Platform);
    }

    [Fact]
    public async Task An_index_tells_what_is_below_it_and_of_what_is_missing_as_much_as_it_knows()
    {
        string image = AddImage("app", null, "linux", "arm64", "v8");
        string nested = AddIndex("app", null, (image, MediaTypes.OciManifest, Arm));
        string missing = $"sha256:{new string('e', 64)}";
        AddIndex(
            "app", "1", (nested, MediaTypes.OciIndex, ""), (missing, MediaTypes.OciManifest, ""","annotations":{"of":"nothing"}"""),
            (missing, "application/vnd.example.chart+json", ""));
        ManifestDescriptor index = await GetAsync("app:1");
        Assert.Equal([nested, missing, missing], index.Manifests.Select(m => m.Digest));
        ManifestDescriptor below = Assert.Single(index.Manifests[0].Manifests);
        Assert.Equal((At($"app@{image}"), "linux/arm64/v8", 2), (below.Reference, below.Platform?.ToString(), below.Contents.Count));
        Assert.True(index.Manifests[1].Raw.IsEmpty);
        Assert.Equal("nothing", index.Manifests[1].Annotations["of"]);
        Assert.Equal(10, index.Manifests[1].Size);
    }

    [Fact]
    public async Task Indexes_nested_too_deep_are_refused()
    {
        string digest = AddIndex("app", "1", ($"sha256:{new string('e', 64)}", MediaTypes.OciManifest, ""));
        for (int i = 0; i < 8; i++)
        {
            digest = AddIndex("app", "1", (digest, MediaTypes.OciIndex, ""));
        }

        await FaultAsync(() => GetAsync("app:1"), EngineErrorReason.InputTooLarge);
        Assert.InRange(Registry.Requests.Count(r => r.Path.Contains("/manifests/", StringComparison.Ordinal)), 1, 10);
    }

    [Fact]
    public async Task An_index_of_one_image_a_thousand_times_is_refused()
    {
        string image = AddImage("app", null, "linux", "amd64");
        AddIndex("app", "1", [.. Enumerable.Repeat((image, MediaTypes.OciManifest, ""), 1000)]);
        await FaultAsync(() => GetAsync("app:1"), EngineErrorReason.InputTooLarge);
        Assert.Single(Registry.Requests, r => r.Path.EndsWith(image, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_with_an_entry_that_is_not_what_its_digest_says_is_refused()
    {
        string image = AddImage("app", null, "linux", "amd64");
        AddIndex("app", "1", (image, MediaTypes.OciManifest, Arm));
        Registry.On("GET", $"/v2/app/manifests/{image}", _ => FaultyAnswer.Json("""{"schemaVersion":2,"manifests":[]}"""));
        await FaultAsync(() => GetAsync("app:1"), EngineErrorReason.DigestMismatch);
    }

    [Theory]
    [InlineData("app:nothing", EngineErrorReason.ManifestNotFound)]
    [InlineData("App", EngineErrorReason.InvalidReference)]
    public async Task What_is_not_there_or_no_reference_is_told(string name, string reason) =>
        await FaultAsync(() => GetAsync(name), reason);

    private Task<ManifestDescriptor> GetAsync(string name) =>
        new GetRegistryManifest(Client).HandleAsync(At(name), insecure: false, credential: null, Cancel);
}
