using Engine.Oci.Tests.Distribution.Authentication;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution;

public sealed class SignInTests : DistributionTest
{
    [Fact]
    public async Task A_registry_without_locks_accepts_anybody() =>
        Assert.Null(await Client().SignInAsync(Registry.Host, Credential(), Cancel));

    [Fact]
    public async Task A_basic_registry_checks_the_password()
    {
        string good = TokenServerStub.Basic("jane", "s3cr3t-word");
        Registry.On(request => request["Authorization"] == good ? null : FaultyAnswer.Challenge("Basic realm=\"x\""));
        Assert.Null(await Client().SignInAsync(Registry.Host, Credential(), Cancel));
        await FaultAsync(
            () => Client().SignInAsync(Registry.Host, Credential(password: "wrong"), Cancel),
            EngineErrorReason.RegistryUnauthorized);
    }

    [Fact]
    public async Task A_token_registry_gives_an_identity_token()
    {
        var server = new TokenServerStub(Registry, Registry) { More = "\"refresh_token\":\"keep-me\"" };
        Assert.Equal("keep-me", await Client().SignInAsync(Registry.Host, Credential(), Cancel));
        ReceivedRequest asked = Assert.Single(server.Asked);
        Assert.Contains("offline_token=true", asked.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("scope=", asked.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_never_trusts_what_it_was_told_before()
    {
        var server = new TokenServerStub(Registry, Registry);
        var client = Client();
        await client.SignInAsync(Registry.Host, Credential(), Cancel);
        await client.SignInAsync(Registry.Host, Credential(), Cancel);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task An_identity_token_can_be_checked_as_well()
    {
        _ = new TokenServerStub(Registry, Registry);
        var credential = new RegistryCredential { IdentityToken = "still-good" };
        Assert.Equal("still-good", await Client().SignInAsync(Registry.Host, credential, Cancel));
    }

    [Theory]
    [InlineData("http://x")]
    [InlineData("a/b")]
    [InlineData("user@host")]
    public async Task What_is_no_host_is_refused(string registry) =>
        await FaultAsync(
            () => Client().SignInAsync(registry, Credential(), Cancel), EngineErrorReason.InvalidReference);
}
