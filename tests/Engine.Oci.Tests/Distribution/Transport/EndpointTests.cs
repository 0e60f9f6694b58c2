using Engine.Oci.Distribution;
using Engine.Oci.Distribution.Transport;
using Engine.Oci.Documents;
using Engine.Oci.References;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution.Transport;

public sealed class EndpointTests : DistributionTest
{
    private static readonly ImageReference s_app = ImageReference.Parse("app");

    [Fact]
    public async Task Pulls_from_Docker_Hub_ask_the_mirror_first_and_never_tell_it_who_asks()
    {
        Registry.AddManifest("library/app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        Registry.On(request => request["Authorization"] is null ? null : FaultyAnswer.Text(500, ""));
        RegistryOptions options = Options with { Mirrors = [new Uri(Registry.Url)] };
        await Client(options).Open(s_app, Credential(), RepositoryAccess.Pull, Observer).GetManifestAsync("latest", Cancel);
        Assert.Empty(Observer.Warnings);
    }

    [Fact]
    public async Task A_mirror_below_a_path_is_asked_below_it()
    {
        Registry.On("GET", "/hub/v2/library/app/manifests/latest", _ => FaultyAnswer.Json(Manifest));
        RegistryOptions options = Options with { Mirrors = [new Uri($"{Registry.Url}/hub")] };
        await Client(options).Open(s_app, null, RepositoryAccess.Pull).GetManifestAsync("latest", Cancel);
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(200, true)]
    [InlineData(401, true)]
    [InlineData(500, true)]
    public async Task A_mirror_that_fails_is_passed_over(int status, bool warns)
    {
        await using var hub = new SecureRegistry("registry-1.docker.io");
        hub.Trust();
        Registry.On(_ => FaultyAnswer.Text(status, "{}"));
        RegistryOptions options = hub.Reach(Options) with { Mirrors = [new Uri(Registry.Url)] };
        RepositoryClient repository = Client(options).Open(s_app, null, RepositoryAccess.Pull, Observer);
        await repository.GetManifestAsync("latest", Cancel);
        await repository.GetManifestAsync("latest", Cancel);
        Assert.Equal(warns ? 1 : 0, Observer.Warnings.Count);
        Assert.Equal(warns ? 1 : 2,
            Registry.Requests.Count(request => request.Method == "GET" && request.Path.StartsWith("/v2/library/")));
        Assert.Equal(2, hub.Registry.Requests.Count);
        Assert.Empty(Observer.Retries);
    }

    [Fact]
    public async Task A_blob_that_a_mirror_cut_is_ended_by_the_registry()
    {
        await using var hub = new SecureRegistry("registry-1.docker.io");
        hub.Trust();
        byte[] content = new byte[100_000];
        string digest = hub.Registry.AddBlob("library/app", content);
        Registry.On(_ => new FaultyAnswer { Body = content, CutAfter = 60_000 });
        RegistryOptions options = hub.Reach(Options) with { Mirrors = [new Uri(Registry.Url)] };
        var blob = new Descriptor { Digest = Digest.Parse(digest), Size = content.Length };
        var target = new MemoryBlob(blob.Digest);
        await Client(options).Open(s_app, null, RepositoryAccess.Pull, Observer).DownloadBlobAsync(blob, target, Cancel);
        Assert.Equal("bytes=60000-", Assert.Single(hub.Registry.Requests)["Range"]);
    }

    [Fact]
    public async Task Pushes_never_go_to_a_mirror()
    {
        await using var hub = new SecureRegistry("registry-1.docker.io");
        hub.Trust();
        RegistryOptions options = hub.Reach(Options) with { Mirrors = [new Uri(Registry.Url)] };
        await Client(options).Open(s_app, null, RepositoryAccess.Push).PutManifestAsync(
            "new", MediaTypes.OciManifest, Bytes(Manifest), Cancel);
        Assert.Empty(Registry.Requests);
    }

    [Theory]
    [InlineData("ftp://mirror")]
    [InlineData("https://user@mirror")]
    [InlineData("https://mirror/?a=b")]
    [InlineData("https://mirror/#x")]
    public void A_mirror_that_is_no_plain_web_address_is_refused(string mirror)
    {
        var fault = Assert.Throws<EngineException>(() => Client(Options with { Mirrors = [new Uri(mirror)] }));
        Assert.Equal(EngineErrorReason.InvalidConfiguration, fault.Reason);
    }

    [Fact]
    public async Task An_insecure_registry_without_TLS_is_found_out_once()
    {
        Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        await Open().GetManifestAsync("latest", Cancel);
        Assert.Single(Registry.Requests);
    }

    [Fact]
    public async Task An_insecure_registry_without_TLS_is_reached_through_the_proxy_for_HTTP()
    {
        // In place of the proxy for HTTPS there is nothing; the one for HTTP gets whole addresses (RFC 9112 section
        // 3.2.2).
        Registry.On(request => request.Target == "http://registry.example/v2/app/manifests/latest"
            ? FaultyAnswer.Json(Manifest)
            : FaultyAnswer.Text(500, ""));
        RegistryOptions options = Options with
        {
            HttpProxy = Registry.Url,
            HttpsProxy = "http://127.0.0.1:1",
            InsecureRegistries = ["registry.example"],
        };
        await Open(options: options, registry: "registry.example").GetManifestAsync("latest", Cancel);
    }

    [Fact]
    public async Task A_registry_on_an_IPv6_address_is_reached()
    {
        await using var registry = FaultyRegistry.Start(address: System.Net.IPAddress.IPv6Loopback);
        registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        await Open(registry: registry.Host).GetManifestAsync("latest", Cancel);
        Assert.StartsWith("[::1]:", registry.Host, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.example:99999")]
    [InlineData("[:::]:5000")]
    public async Task An_address_that_there_cannot_be_is_refused(string registry)
    {
        await FaultAsync(
            () => Open(registry: registry).GetManifestAsync("latest", Cancel), EngineErrorReason.InvalidReference);
        await FaultAsync(
            () => Client().SignInAsync(registry, Credential(), Cancel), EngineErrorReason.InvalidReference);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_fails_at_once()
    {
        string gone = Registry.Host;
        await Registry.DisposeAsync();
        var fault = await FaultAsync(
            () => Open(registry: gone).GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnreachable);
        Assert.Equal(EngineErrorCode.Unavailable, fault.Code);
        Assert.Empty(Observer.Retries);
    }

    [Fact]
    public async Task A_registry_that_has_answered_and_is_gone_may_come_back()
    {
        Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));
        RepositoryClient repository = Open();
        await repository.GetManifestAsync("latest", Cancel);
        await Registry.DisposeAsync();
        await FaultAsync(() => repository.GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnreachable);
        Assert.Equal(Options.MaxAttempts - 1, Observer.Retries.Count);
    }

    [Fact]
    public async Task A_storage_that_is_gone_is_named_and_the_registry_not_suspected()
    {
        await using var storage = FaultyRegistry.Start();
        string gone = storage.Host;
        await storage.DisposeAsync();
        Registry.On("GET", "/v2/app/manifests/latest", _ => FaultyAnswer.Redirect($"http://{gone}/x"));
        var fault = await FaultAsync(
            () => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnreachable);
        Assert.Contains($"{Registry.Host} sends to {gone}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost:5000", true)]
    [InlineData("127.9.9.9:5000", true)]
    [InlineData("[::1]:5000", true)]
    [InlineData("registry.example", false)]
    [InlineData("localhost.example", false)]
    [InlineData("named.example:5000", true)]
    [InlineData("NAMED.example:5000", true)]
    [InlineData("named.example", false)]
    [InlineData("10.1.2.3:5000", true)]
    [InlineData("11.1.2.3:5000", false)]
    [InlineData("[fd00::7]:5000", true)]
    [InlineData("[fe00::7]:5000", false)]
    public async Task Insecure_registries_are_names_networks_and_loopback(string registry, bool insecure)
    {
        var entries = new InsecureRegistries(["named.example:5000", "10.0.0.0/8", "fd00::/8"]);
        Assert.Equal(insecure, await entries.ContainsAsync(registry, Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("10.0.0.0/99")]
    [InlineData("user@host")]
    public void An_insecure_registry_that_is_neither_is_refused(string entry) =>
        Assert.Equal(
            EngineErrorReason.InvalidConfiguration, Assert.Throws<EngineException>(() => new InsecureRegistries([entry])).Reason);
}
