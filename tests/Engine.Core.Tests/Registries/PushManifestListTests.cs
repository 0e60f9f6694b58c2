using System.Text.Json;
using Engine.Core.Registries;
using Engine.Oci;
using Engine.Oci.Documents;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Registries;

public sealed class PushManifestListTests : RegistryOperationTest
{
    [Theory]
    [InlineData(false, MediaTypes.OciIndex)]
    [InlineData(true, MediaTypes.DockerManifestList)]
    public async Task A_list_tells_the_platforms_of_its_images(bool dockerFormat, string mediaType)
    {
        string amd64 = AddImage("app", "amd64", "linux", "amd64");
        string arm64 = AddImage("app", "arm64", "linux", "arm64");
        PushResult pushed = await PushAsync(
            "app:1", dockerFormat, Entry("app:amd64"), Entry("app:arm64", new() { Variant = "v8", OsVersion = "1" }));
        ReceivedRequest put = Registry.Requests.Single(r => r.Method == "PUT");
        Assert.Equal(("/v2/app/manifests/1", mediaType), (put.Path, put["Content-Type"]));
        Assert.Equal(
            (At("app:1"), Digest.Compute(put.Body.Span).ToString(), put.Body.Length),
            (pushed.Reference, pushed.Digest, (int)pushed.Size));
        ImageIndex index = ImageDocuments.ReadIndex(put.Body).Value;
        Assert.Equal(mediaType, index.MediaType);
        Assert.Equal(
            [$"{amd64} linux/amd64", $"{arm64} linux(1)/arm64/v8"], index.Manifests.Select(m => $"{m.Digest} {m.Platform}"));
        Assert.All(index.Manifests, m => Assert.Equal(MediaTypes.OciManifest, m.MediaType));
        // Its size is that of the manifest: who pulls it checks.
        Assert.All(index.Manifests, m => Assert.True(m.Size > 300, $"{m.Size}"));
    }

    [Fact]
    public async Task An_image_of_another_repository_is_taken_over_by_mounts()
    {
        string digest = AddImage("other", "1", "linux", "amd64");
        await PushAsync("app:1", false, Entry("other:1"));
        Assert.Equal(2, Registry.Requests.Count(r => r.Query.StartsWith("mount=", StringComparison.Ordinal)));
        Assert.Equal(
            [$"/v2/app/manifests/{digest}", "/v2/app/manifests/1"],
            Registry.Requests.Where(r => r.Method == "PUT").Select(r => r.Path));
        // The configuration says the platform; no layer moves.
        Assert.Single(
            Registry.Requests, r => r.Method == "GET" && r.Path.Contains("/blobs/sha256", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_does_not_mount_is_named_and_nothing_is_pushed()
    {
        AddImage("other", "1", "linux", "amd64");
        // 202: it would rather have the blob uploaded (distribution-spec, "Mounting a blob from another repository").
        Registry.On("POST", "/v2/app/blobs/uploads/", _ => FaultyAnswer.Text(202, "", ("Location", "/v2/app/blobs/uploads/1")));
        EngineException error = await FaultAsync(
            () => PushAsync("app:1", false, Entry("other:1")), EngineErrorReason.RegistryFailed);
        Assert.Equal(EngineErrorCode.NotSupported, error.Code);
        Assert.Contains($"Push that image to {At("app")} first", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Registry.Requests, r => r.Method == "PUT");
    }

    [Fact]
    public async Task An_index_is_replaced_by_what_it_lists_and_an_image_is_in_it_once()
    {
        string amd64 = AddImage("app", "amd64", "linux", "amd64");
        AddIndex(
            "app", "both",
            (amd64, MediaTypes.OciManifest, ""","platform":{"os":"linux","architecture":"amd64"}"""),
            (AddImage("app", null, "linux", "arm64"), MediaTypes.OciManifest, ""","platform":{"os":"linux","architecture":"arm64"}"""));
        await PushAsync("app:1", false, Entry("app:both"), Entry("app:amd64"));
        ImageIndex index = ImageDocuments.ReadIndex(Registry.Requests.Single(r => r.Method == "PUT").Body).Value;
        Assert.Equal(["linux/amd64", "linux/arm64"], index.Manifests.Select(m => m.Platform!.ToString()));
        await FaultAsync(
            () => PushAsync("app:1", false, Entry("app:both", new() { Os = "linux" })), EngineErrorReason.InvalidManifest);
    }

    [Fact]
    public async Task What_cannot_be_in_a_list_is_told_before_anything_is_pushed()
    {
        AddImage("app", "1", "linux", "amd64");
        await FaultAsync(() => PushAsync("app:2", false), EngineErrorReason.InvalidReference);
        await FaultAsync(
            () => PushAsync($"app@sha256:{new string('a', 64)}", false, Entry("app:1")), EngineErrorReason.InvalidReference);
        await FaultAsync(() => PushAsync("app:2", false, Entry("app:missing")), EngineErrorReason.ManifestNotFound);
        await FaultAsync(
            () => PushAsync("app:2", false, Entry("app:1"), new ManifestListEntry { Reference = "elsewhere.example/app:1" }),
            EngineErrorReason.InvalidReference);
        Assert.DoesNotContain(Registry.Requests, r => r.Method == "PUT");
    }

    [Fact]
    public async Task A_configuration_that_claims_to_be_huge_is_not_downloaded()
    {
        string config = Registry.AddBlob("app", Bytes("{}"));
        Registry.AddManifest(
            "app", "1", MediaTypes.OciManifest, JsonSerializer.SerializeToUtf8Bytes(new
            {
                schemaVersion = 2,
                config = new { mediaType = MediaTypes.OciConfig, digest = config, size = 1L << 40 },
                layers = Array.Empty<object>(),
            }));
        await FaultAsync(() => PushAsync("app:2", false, Entry("app:1")), EngineErrorReason.InputTooLarge);
    }

    private ManifestListEntry Entry(string name, ManifestPlatform? platform = null) =>
        new() { Reference = At(name), Platform = platform ?? new() };

    private Task<PushResult> PushAsync(string name, bool dockerFormat, params ManifestListEntry[] entries) =>
        new PushManifestList(Client).HandleAsync(
            new ManifestList { Reference = At(name), Entries = entries, DockerFormat = dockerFormat },
            insecure: false, credential: null, Cancel);
}
