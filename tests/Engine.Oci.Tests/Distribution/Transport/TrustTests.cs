using System.Security.Cryptography.X509Certificates;
using Engine.Oci.Distribution;
using Engine.Oci.References;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution.Transport;

public sealed class TrustTests : DistributionTest
{
    private static Task<RegistryDocument> GetAsync(
        RegistryClient client, SecureRegistry registry, RegistryCredential? credential = null) =>
        client.Open(ImageReference.Parse($"{registry.Name}/app"), credential, RepositoryAccess.Pull)
            .GetManifestAsync("latest", Cancel);

    [Fact]
    public async Task An_authority_in_certs_d_is_trusted_for_its_registry()
    {
        await using var secure = new SecureRegistry();
        secure.Trust();
        await GetAsync(Client(secure.Reach(Options)), secure);
        Assert.Equal(["registry.example:443"], secure.Tunnels);
    }

    [Fact]
    public async Task An_unknown_authority_is_not_trusted_and_the_way_out_is_named()
    {
        await using var secure = new SecureRegistry();
        var fault = await FaultAsync(
            () => GetAsync(Client(secure.Reach(Options)), secure), EngineErrorReason.RegistryUnreachable);
        Assert.Contains("certs.d/registry.example/ca.crt", fault.Message, StringComparison.Ordinal);
        Assert.Empty(secure.Registry.Requests);
        Assert.Empty(Observer.Retries);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_trusted_whoever_signed_it()
    {
        await using var secure = new SecureRegistry(certificateName: "other.example");
        secure.Trust();
        await FaultAsync(() => GetAsync(Client(secure.Reach(Options)), secure), EngineErrorReason.RegistryUnreachable);
    }

    [Fact]
    public async Task A_secure_registry_is_never_asked_without_TLS()
    {
        await using var secure = new SecureRegistry(tls: false);
        await FaultAsync(
            () => GetAsync(Client(secure.Reach(Options)), secure, Credential()), EngineErrorReason.RegistryUnreachable);
        Assert.Empty(secure.Registry.Requests);
    }

    [Theory]
    [InlineData("registry.example")]
    [InlineData("https://registry.example/")]
    public async Task An_insecure_registry_may_have_any_certificate(string entry)
    {
        await using var secure = new SecureRegistry(certificateName: "other.example");
        await GetAsync(Client(secure.Reach(Options) with { InsecureRegistries = [entry] }), secure);
    }

    [Fact]
    public async Task A_call_may_say_that_its_registry_is_insecure()
    {
        await using var secure = new SecureRegistry();
        RegistryClient client = Client(secure.Reach(Options));
        var reference = ImageReference.Parse("registry.example/app");
        await client.Open(reference, null, RepositoryAccess.Pull, insecure: true).GetManifestAsync("latest", Cancel);
        await FaultAsync(() => GetAsync(client, secure), EngineErrorReason.RegistryUnreachable);
    }

    [Fact]
    public async Task Docker_Hub_is_never_insecure()
    {
        await using var secure = new SecureRegistry("registry-1.docker.io");
        RegistryClient client = Client(secure.Reach(Options) with
        {
            InsecureRegistries = ["registry-1.docker.io", "docker.io", "0.0.0.0/0"],
        });
        var reference = ImageReference.Parse("app");
        await FaultAsync(
            () => client.Open(reference, null, RepositoryAccess.Pull).GetManifestAsync("latest", Cancel),
            EngineErrorReason.RegistryUnreachable);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_to_its_registry_alone()
    {
        await using var secure = new SecureRegistry();
        secure.Trust();
        using X509Certificate2 client = secure.Authority.Client();
        await File.WriteAllTextAsync(Path.Combine(secure.Certificates, "me.cert"), client.ExportCertificatePem(), Cancel);
        await File.WriteAllTextAsync(
            Path.Combine(secure.Certificates, "me.key"), client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(), Cancel);
        using X509Certificate2 server = secure.Authority.Server();
        await using var storage = FaultyRegistry.Start(server);
        storage.On(_ => FaultyAnswer.Json(Manifest));
        RegistryClient registry = Client(secure.Reach(Options));
        await GetAsync(registry, secure);
        secure.Registry.On(_ => FaultyAnswer.Redirect($"{storage.Url}/elsewhere"));
        await GetAsync(registry, secure);
        Assert.Equal(["CN=engine"], secure.Registry.Clients);
        Assert.Single(storage.Requests);
        Assert.Empty(storage.Clients);
    }

    [Theory]
    [InlineData("me.cert", "x", "me.key")]
    [InlineData("me.key", "x", "certificate is missing")]
    [InlineData("ca.crt", "no certificate", "PEM")]
    public async Task Files_that_cannot_be_used_are_named(string file, string content, string word)
    {
        await using var secure = new SecureRegistry();
        await File.WriteAllTextAsync(Path.Combine(secure.Certificates, file), content, Cancel);
        RegistryClient client = Client(secure.Reach(Options));
        var fault = await FaultAsync(() => GetAsync(client, secure), EngineErrorReason.InvalidRegistryCertificate);
        Assert.Contains(word, fault.Message, StringComparison.Ordinal);
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);

        // Once it is mended, the same client goes on.
        File.Delete(Path.Combine(secure.Certificates, file));
        secure.Trust();
        await GetAsync(client, secure);
    }

    [Fact]
    public async Task A_link_to_a_certificate_that_is_gone_is_named()
    {
        await using var secure = new SecureRegistry();
        File.CreateSymbolicLink(Path.Combine(secure.Certificates, "ca.crt"), "/nowhere/ca.crt");
        var fault = await FaultAsync(
            () => GetAsync(Client(secure.Reach(Options)), secure), EngineErrorReason.InvalidRegistryCertificate);
        Assert.Contains("registry.example", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_do_not_leave_TLS()
    {
        await using var secure = new SecureRegistry();
        secure.Trust();
        secure.Registry.On("GET", "/v2/app/manifests/latest", _ => FaultyAnswer.Redirect($"{Registry.Url}/x"));
        var fault = await FaultAsync(
            () => GetAsync(Client(secure.Reach(Options)), secure), EngineErrorReason.RegistryFailed);
        Assert.Contains("plain HTTP", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Registry.Requests);
    }

    [Fact]
    public async Task A_password_does_not_go_to_a_token_server_without_TLS()
    {
        await using var secure = new SecureRegistry();
        secure.Trust();
        secure.Registry.On(_ => FaultyAnswer.Challenge("Bearer realm=\"http://tokens.example/token\""));
        RegistryOptions options = secure.Reach(Options) with { HttpProxy = $"http://{Registry.Host}" };
        var fault = await FaultAsync(
            () => GetAsync(Client(options), secure, Credential()), EngineErrorReason.RegistryFailed);
        Assert.Contains("has no TLS", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Registry.Requests);
    }

    [Fact]
    public async Task A_proxy_gets_its_own_password_and_nobody_else_does()
    {
        await using var secure = new SecureRegistry(proxyCredential: "porter:open sesame");
        secure.Trust();
        await GetAsync(Client(secure.Reach(Options, "porter:open%20sesame@")), secure);
        Assert.All(secure.Registry.Requests, request => Assert.Null(request["Proxy-Authorization"]));

        var fault = await FaultAsync(
            () => GetAsync(Client(secure.Reach(Options, "porter:shibboleth@")), secure),
            EngineErrorReason.RegistryUnreachable);
        Assert.DoesNotContain("shibboleth", fault.ToString(), StringComparison.Ordinal);
    }
}
