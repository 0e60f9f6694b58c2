using Engine.Oci.Documents;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution;

public sealed class ManifestTests : DistributionTest
{
    private const string Path = "/v2/app/manifests/latest";

    [Fact]
    public async Task A_manifest_comes_with_its_digest_its_type_and_its_very_bytes()
    {
        string digest = Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        var byTag = await Open().GetManifestAsync("latest", Cancel);
        var byDigest = await Open().GetManifestAsync(digest, Cancel);
        Assert.Equal(digest, byTag.Digest.ToString());
        Assert.Equal(digest, byDigest.Digest.ToString());
        Assert.Equal(MediaTypes.OciManifest, byTag.MediaType);
        Assert.Equal(Manifest, System.Text.Encoding.UTF8.GetString(byTag.Raw.Span));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("")]
    public async Task A_type_that_says_nothing_is_told_by_the_content(string header)
    {
        Registry.AddManifest(
            "app", "latest", header,
            Bytes(Manifest.Replace("\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",", "")));
        Assert.Equal(MediaTypes.OciManifest, (await Open().GetManifestAsync("latest", Cancel)).MediaType);
    }

    [Fact]
    public async Task A_manifest_that_is_served_as_an_index_is_refused()
    {
        Registry.AddManifest("app", "latest", MediaTypes.OciIndex, Bytes(Manifest));
        await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.InvalidManifest);
    }

    [Fact]
    public async Task Schema_1_is_refused_with_a_clear_word()
    {
        Registry.AddManifest(
            "app", "latest", "application/vnd.docker.distribution.manifest.v1+prettyjws",
            Bytes("""{"schemaVersion":1,"fsLayers":[]}"""));
        var fault = await FaultAsync(
            () => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.InvalidManifest);
        Assert.Contains("schema 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_without_the_digest_that_it_was_asked_by_is_refused_after_all_attempts()
    {
        var asked = Digest.Compute("something else"u8);
        string path = $"/v2/app/manifests/{asked}";
        Registry.On("GET", path, _ => FaultyAnswer.Json(Manifest));
        await FaultAsync(() => Open().GetManifestAsync(asked.ToString(), Cancel), EngineErrorReason.DigestMismatch);
        Assert.Equal(Options.MaxAttempts, Registry.Requests.Count(request => request.Path == path));
    }

    [Fact]
    public async Task A_manifest_without_the_digest_that_the_registry_names_is_refused()
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Json(Manifest, ("Docker-Content-Digest", Digest.Compute("x"u8).ToString())));
        await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.DigestMismatch);
    }

    [Fact]
    public async Task A_manifest_that_is_announced_too_large_is_not_read()
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Json("{}") with { SaidLength = 5L * 1024 * 1024 * 1024 });
        await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.InputTooLarge);
    }

    [Fact]
    public async Task A_manifest_without_end_is_cut_at_the_limit()
    {
        Registry.On("GET", Path, _ => new FaultyAnswer { Body = new byte[64 * 1024], IsEndless = true });
        await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.InputTooLarge);
        Assert.Single(Registry.Requests, request => request.Path == Path);
    }

    [Theory]
    [InlineData("MANIFEST_UNKNOWN", EngineErrorReason.ManifestNotFound)]
    [InlineData("NAME_UNKNOWN", EngineErrorReason.RepositoryNotFound)]
    public async Task What_is_not_there_is_named(string code, string reason)
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Error(404, code, "gone \\u001b[31mfishing"));
        var fault = await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), reason);
        Assert.Equal(EngineErrorCode.NotFound, fault.Code);
        Assert.Contains("gone ?[31mfishing", fault.Message, StringComparison.Ordinal);
        Assert.Single(Registry.Requests, request => request.Path == Path);
    }

    [Fact]
    public async Task Finding_a_manifest_asks_for_its_headers_alone()
    {
        string digest = Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        Descriptor? found = await Open().FindManifestAsync("latest", Cancel);
        Assert.Equal(
            (digest, (long)Manifest.Length, MediaTypes.OciManifest),
            (found!.Digest.ToString(), found.Size, found.MediaType));
        Assert.All(Registry.Requests, request => Assert.Equal("HEAD", request.Method));
    }

    [Fact]
    public async Task Finding_a_manifest_gets_it_where_the_headers_do_not_say_enough()
    {
        string digest = Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        Registry.On("HEAD", Path, _ => FaultyAnswer.Text(405, ""));
        Assert.Equal(digest, (await Open().FindManifestAsync("latest", Cancel))!.Digest.ToString());
    }

    [Fact]
    public async Task Finding_what_is_not_there_finds_nothing() =>
        Assert.Null(await Open().FindManifestAsync("latest", Cancel));

    [Theory]
    [InlineData("../../secrets")]
    [InlineData("a?b")]
    [InlineData("")]
    public async Task What_is_neither_tag_nor_digest_never_leaves(string text)
    {
        await FaultAsync(() => Open().GetManifestAsync(text, Cancel), EngineErrorReason.InvalidReference);
        Assert.Empty(Registry.Requests);
    }

    [Fact]
    public async Task A_warning_of_the_registry_is_shown_once()
    {
        Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        Registry.On("GET", Path, _ => FaultyAnswer.Json(Manifest, ("Warning", "299 - \"this tag goes away\"")));
        var repository = Open();
        await repository.GetManifestAsync("latest", Cancel);
        await repository.GetManifestAsync("latest", Cancel);
        Assert.Equal([$"{Registry.Host}: this tag goes away"], Observer.Warnings);
    }
}
