using System.Text;
using Engine.Oci.Distribution;
using Engine.Testing.Registry;
using Microsoft.Extensions.Time.Testing;

namespace Engine.Oci.Tests.Distribution.Authentication;

public sealed class AuthenticationTests : DistributionTest
{
    private const string Path = "/v2/app/manifests/latest";

    private readonly FaultyRegistry _tokens = FaultyRegistry.Start();

    public AuthenticationTests() => Registry.AddManifest("app", "latest", MediaTypes.OciManifest, Bytes(Manifest));

    public override async ValueTask DisposeAsync()
    {
        await _tokens.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_is_named_before_the_registry_asks()
    {
        await Open(Credential()).GetManifestAsync("latest", Cancel);
        Assert.All(Registry.Requests, request => Assert.Null(request["Authorization"]));
    }

    [Fact]
    public async Task A_basic_challenge_gets_the_password_and_is_remembered()
    {
        string expected = TokenServerStub.Basic("jane", "s3cr3t-word");
        Registry.On(request => request["Authorization"] == expected ? null : FaultyAnswer.Challenge("Basic realm=\"x\""));
        var repository = Open(Credential());
        await repository.GetManifestAsync("latest", Cancel);
        await repository.GetManifestAsync("latest", Cancel);
        Assert.Equal([null, expected, expected], Registry.Requests.Select(request => request["Authorization"]));
    }

    [Fact]
    public async Task A_password_that_is_not_accepted_is_sent_once_and_never_shown()
    {
        Registry.On(_ => FaultyAnswer.Error(
            401, "UNAUTHORIZED", "wrong password s3cr3t-word", ("WWW-Authenticate", "Basic realm=\"x\"")));
        var fault = await FaultAsync(
            () => Open(Credential()).GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnauthorized);
        Assert.Equal(EngineErrorCode.Unauthenticated, fault.Code);
        Assert.Contains("jane", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t-word", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Registry.Requests.Count);
    }

    [Fact]
    public async Task Anybody_gets_a_token_where_that_is_enough()
    {
        var server = new TokenServerStub(Registry, _tokens);
        await Open().GetManifestAsync("latest", Cancel);
        ReceivedRequest asked = Assert.Single(server.Asked);
        Assert.Equal("GET", asked.Method);
        Assert.Equal("service=the%20registry&scope=repository%3Aapp%3Apull", asked.Query);
        Assert.Null(asked["Authorization"]);
    }

    [Fact]
    public async Task A_password_goes_to_the_token_server_and_the_token_to_the_registry()
    {
        var server = new TokenServerStub(Registry, _tokens);
        await Open(Credential()).GetManifestAsync("latest", Cancel);
        ReceivedRequest asked = Assert.Single(server.Asked);
        Assert.Equal(TokenServerStub.Basic("jane", "s3cr3t-word"), asked["Authorization"]);
        Assert.Contains("account=jane", asked.Query, StringComparison.Ordinal);
        Assert.Equal([null, "Bearer token-1"], Registry.Requests.Select(request => request["Authorization"]));
    }

    [Fact]
    public async Task An_identity_token_is_posted_and_never_in_an_address()
    {
        var server = new TokenServerStub(Registry, _tokens);
        await Open(new RegistryCredential { IdentityToken = "refresh&me" }).GetManifestAsync("latest", Cancel);
        ReceivedRequest asked = Assert.Single(server.Asked);
        Assert.Equal(("POST", ""), (asked.Method, asked.Query));
        string form = Encoding.UTF8.GetString(asked.Body.Span);
        Assert.Contains("grant_type=refresh_token", form, StringComparison.Ordinal);
        Assert.Contains("refresh_token=refresh%26me", form, StringComparison.Ordinal);
        Assert.Contains("scope=repository%3Aapp%3Apull", form, StringComparison.Ordinal);
        Assert.Null(asked["Authorization"]);
    }

    [Fact]
    public async Task A_token_of_the_registry_is_sent_as_it_is()
    {
        await Open(new RegistryCredential { RegistryToken = "as-it-is" }).GetManifestAsync("latest", Cancel);
        Assert.Equal("Bearer as-it-is", Assert.Single(Registry.Requests, request => request.Path == Path)["Authorization"]);
    }

    [Fact]
    public async Task Many_that_need_the_same_token_fetch_it_once()
    {
        var server = new TokenServerStub(Registry, _tokens);
        using var client = new RegistryClient(Options, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(
            _ => client.Open(Reference(), Credential(), RepositoryAccess.Pull).GetManifestAsync("latest", Cancel)));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Tokens_of_one_user_are_not_another_users()
    {
        var server = new TokenServerStub(Registry, _tokens);
        using var client = new RegistryClient(Options, TimeProvider.System);
        await client.Open(Reference(), Credential("jane", "one-one-one"), RepositoryAccess.Pull)
            .GetManifestAsync("latest", Cancel);
        await client.Open(Reference(), Credential("jane", "two-two-two"), RepositoryAccess.Pull)
            .GetManifestAsync("latest", Cancel);
        await client.Open(Reference(), null, RepositoryAccess.Pull).GetManifestAsync("latest", Cancel);
        Assert.Equal(3, server.Asked.Count);
    }

    [Theory]
    [InlineData("\"expires_in\":300", 280, 300)]
    [InlineData("\"x\":0", 45, 60)]
    [InlineData("\"expires_in\":5", 45, 60)]
    [InlineData("\"expires_in\":\"soon\"", 45, 60)]
    [InlineData("\"expires_in\":300,\"issued_at\":\"2030-01-01T00:00:00Z\"", 180, 210)]
    [InlineData("\"expires_in\":300,\"issued_at\":\"2029-01-01T00:00:00Z\"", 280, 300)]
    public async Task A_token_is_renewed_before_it_expires(string answer, int goodFor, int badAfter)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 1, 40, TimeSpan.Zero));
        var server = new TokenServerStub(Registry, _tokens) { More = answer };
        var repository = Open(time: time, options: Options with { StallTimeout = TimeSpan.FromDays(1) });
        await repository.GetManifestAsync("latest", Cancel);
        time.Advance(TimeSpan.FromSeconds(goodFor));
        await repository.GetManifestAsync("latest", Cancel);
        Assert.Single(server.Asked);
        time.Advance(TimeSpan.FromSeconds(badAfter - goodFor));
        await repository.GetManifestAsync("latest", Cancel);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task A_token_that_the_registry_no_longer_takes_is_renewed_once()
    {
        var server = new TokenServerStub(Registry, _tokens);
        var repository = Open();
        await repository.GetManifestAsync("latest", Cancel);
        server.Oldest = 2;
        await repository.GetManifestAsync("latest", Cancel);
        Assert.Equal(2, server.Asked.Count);
        server.Oldest = 99;
        await FaultAsync(() => repository.GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnauthorized);
        Assert.Equal(3, server.Asked.Count);
    }

    [Fact]
    public async Task A_scope_that_the_registry_asks_for_is_added_to_our_own()
    {
        var server = new TokenServerStub(Registry, _tokens, "repository:other:pull");
        await Open(access: RepositoryAccess.Push).GetManifestAsync("latest", Cancel);
        Assert.Equal(
            "service=the%20registry&scope=repository%3Aapp%3Apull%2Cpush&scope=repository%3Aother%3Apull",
            Assert.Single(server.Asked).Query);
    }

    [Fact]
    public async Task A_mount_asks_for_both_repositories()
    {
        var server = new TokenServerStub(Registry, _tokens);
        string digest = Registry.AddBlob("base", [1, 2, 3]);
        Assert.True(await Open(access: RepositoryAccess.Push).MountBlobAsync(Digest.Parse(digest), "base", Cancel));
        Assert.Contains(
            "scope=repository%3Aapp%3Apull%2Cpush&scope=repository%3Abase%3Apull", server.Asked[^1].Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_server_that_refuses_is_not_asked_again(int status)
    {
        var server = new TokenServerStub(Registry, _tokens);
        _tokens.On("GET", "/token", _ => FaultyAnswer.Text(status, """{"details":"who is jane? s3cr3t-word"}"""));
        var fault = await FaultAsync(
            () => Open(Credential()).GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryUnauthorized);
        Assert.Contains("who is jane? ***", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t-word", fault.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task A_token_server_that_is_busy_is_asked_again()
    {
        var server = new TokenServerStub(Registry, _tokens);
        _tokens.Next("GET", "/token", FaultyAnswer.Text(503, ""));
        await Open().GetManifestAsync("latest", Cancel);
        Assert.Equal(2, server.Asked.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json with a token-7")]
    [InlineData("{\"token\":\"a\\r\\nX-Evil: 1\"}")]
    public async Task An_answer_without_a_token_is_a_failure_and_not_shown(string answer)
    {
        _ = new TokenServerStub(Registry, _tokens);
        _tokens.On("GET", "/token", _ => FaultyAnswer.Json(answer));
        var fault = await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryFailed);
        Assert.DoesNotContain("token-7", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_end_is_not_read()
    {
        _ = new TokenServerStub(Registry, _tokens);
        _tokens.On("GET", "/token", _ => new FaultyAnswer { Body = new byte[100_000], IsEndless = true });
        await FaultAsync(() => Open().GetManifestAsync("latest", Cancel), EngineErrorReason.InputTooLarge);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:word@127.0.0.1/token")]
    public async Task A_realm_that_is_no_web_address_gets_nothing(string realm)
    {
        Registry.On(_ => FaultyAnswer.Challenge($"Bearer realm=\"{realm}\""));
        await FaultAsync(() => Open(Credential()).GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryFailed);
    }

    [Fact]
    public async Task A_token_server_that_redirects_elsewhere_takes_no_password_there()
    {
        await using var elsewhere = FaultyRegistry.Start();
        elsewhere.On("GET", "/stolen", _ => FaultyAnswer.Json("{\"token\":\"token-1\"}"));
        _ = new TokenServerStub(Registry, _tokens);
        _tokens.On("GET", "/token", _ => FaultyAnswer.Redirect($"{elsewhere.Url}/stolen"));
        await Open(Credential()).GetManifestAsync("latest", Cancel);
        Assert.Null(Assert.Single(elsewhere.Requests)["Authorization"]);
    }

    [Fact]
    public async Task An_identity_token_does_not_follow_a_redirect_elsewhere()
    {
        await using var elsewhere = FaultyRegistry.Start();
        _ = new TokenServerStub(Registry, _tokens);
        _tokens.On("POST", "/token", _ => FaultyAnswer.Redirect($"{elsewhere.Url}/stolen"));
        await FaultAsync(
            () => Open(new RegistryCredential { IdentityToken = "refresh-me" }).GetManifestAsync("latest", Cancel),
            EngineErrorReason.RegistryFailed);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task A_token_that_allows_too_little_is_no_wrong_password()
    {
        var server = new TokenServerStub(Registry, _tokens);
        Registry.On("GET", Path, request => request["Authorization"] is null
            ? null
            : FaultyAnswer.Challenge(
                $"Bearer realm=\"{_tokens.Url}/token\",scope=\"repository:app:pull\",error=\"insufficient_scope\""));
        await FaultAsync(
            () => Open(Credential()).GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryDenied);
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task What_is_denied_says_so_and_is_not_tried_again()
    {
        Registry.On(_ => FaultyAnswer.Error(403, "DENIED", "not yours"));
        var fault = await FaultAsync(
            () => Open(Credential()).GetManifestAsync("latest", Cancel), EngineErrorReason.RegistryDenied);
        Assert.Equal(EngineErrorCode.PermissionDenied, fault.Code);
        Assert.Contains("not yours", fault.Message, StringComparison.Ordinal);
        Assert.Single(Registry.Requests);
    }
}
