using Engine.Oci.Documents;
using Engine.Oci.Tests.Distribution.Authentication;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution.Transport;

public sealed class RedirectTests : DistributionTest
{
    private readonly byte[] _content = new byte[5000];
    private readonly Descriptor _blob;
    private readonly string _path;

    public RedirectTests()
    {
        _blob = new Descriptor { Digest = Digest.Compute(_content), Size = _content.Length };
        _path = $"/v2/app/blobs/{Registry.AddBlob("app", _content)}";
    }

    private Task DownloadAsync(RegistryCredential? credential = null) =>
        Open(credential).DownloadBlobAsync(_blob, new MemoryBlob(_blob.Digest), Cancel);

    [Fact]
    public async Task A_storage_elsewhere_gets_the_request_without_who_asks()
    {
        await using var storage = FaultyRegistry.Start();
        storage.On("GET", "/bucket/blob", _ => new FaultyAnswer { Body = _content });
        Registry.On(request => request["Authorization"] is null ? FaultyAnswer.Challenge("Basic realm=\"x\"") : null);
        Registry.On("GET", _path, request =>
            request["Authorization"] is null ? null : FaultyAnswer.Redirect($"{storage.Url}/bucket/blob?signature=a%2Fb%3D"));
        await DownloadAsync(Credential());
        ReceivedRequest asked = Assert.Single(storage.Requests);
        Assert.Null(asked["Authorization"]);
        Assert.Equal("signature=a%2Fb%3D", asked.Query);
    }

    [Fact]
    public async Task A_storage_that_asks_who_is_there_learns_nothing()
    {
        await using var storage = FaultyRegistry.Start();
        storage.On(_ => FaultyAnswer.Challenge("Basic realm=\"x\"", $"Bearer realm=\"{storage.Url}/token\""));
        Registry.On("GET", _path, _ => FaultyAnswer.Redirect($"{storage.Url}/blob"));
        await FaultAsync(() => DownloadAsync(Credential()), EngineErrorReason.RegistryUnauthorized);
        Assert.Null(Assert.Single(storage.Requests)["Authorization"]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task The_same_host_still_hears_who_asks(int status)
    {
        string expected = TokenServerStub.Basic("jane", "s3cr3t-word");
        Registry.On(request => request["Authorization"] == expected ? null : FaultyAnswer.Challenge("Basic realm=\"x\""));
        Registry.On("GET", _path, request =>
            request["Authorization"] == expected ? FaultyAnswer.Redirect("/elsewhere", status) : null);
        Registry.On("GET", "/elsewhere", request =>
            request["Authorization"] == expected ? new FaultyAnswer { Body = _content } : FaultyAnswer.Text(500, ""));
        await DownloadAsync(Credential());
    }

    [Theory]
    [InlineData("again")]
    [InlineData("more")]
    public async Task Circles_and_endless_ways_come_to_an_end(string kind)
    {
        int hops = 0;
        Registry.On(_ => FaultyAnswer.Redirect(kind == "again" ? _path : $"/hop/{++hops}"));
        await FaultAsync(() => DownloadAsync(), EngineErrorReason.RegistryFailed);
        Assert.InRange(Registry.Requests.Count, 1, Options.MaxRedirects + 1);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/blob")]
    [InlineData("http://user:word@127.0.0.1/blob")]
    [InlineData("")]
    [InlineData("http://[broken")]
    public async Task What_is_no_web_address_is_not_followed(string location)
    {
        Registry.On("GET", _path, _ => FaultyAnswer.Redirect(location));
        var fault = await FaultAsync(() => DownloadAsync(), EngineErrorReason.RegistryFailed);
        Assert.DoesNotContain("word", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_goes_to_no_other_host()
    {
        await using var other = FaultyRegistry.Start();
        Registry.On("PUT", "/v2/app/manifests/new", _ => FaultyAnswer.Redirect($"{other.Url}/v2/app/manifests/new"));
        await FaultAsync(
            () => Open(access: Engine.Oci.Distribution.RepositoryAccess.Push)
                .PutManifestAsync("new", MediaTypes.OciManifest, Bytes(Manifest), Cancel),
            EngineErrorReason.RegistryFailed);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task What_is_written_follows_its_own_host()
    {
        Registry.On("PUT", "/v2/app/manifests/old", _ => FaultyAnswer.Redirect("/v2/app/manifests/new", 308));
        await Open(access: Engine.Oci.Distribution.RepositoryAccess.Push)
            .PutManifestAsync("old", MediaTypes.OciManifest, Bytes(Manifest), Cancel);
        Assert.Equal(Manifest, System.Text.Encoding.UTF8.GetString(Registry.Requests[^1].Body.Span));
    }
}
