using System.Management.Automation;
using System.Text;

namespace Engine.Commands.Tests;

[Collection(DockerConfigurationFolder.Collection)]
public sealed class ContainerRegistryCommandTests : IDisposable
{
    private const string Secret = "hunter2-s3cret";
    private const string SecureSecret = $"[Net.NetworkCredential]::new('', '{Secret}').SecurePassword";
    private const string Credential = $"[pscredential]::new('ann', {SecureSecret})";

    private readonly DockerConfigurationFolder _configuration = new();

    [Fact]
    public async Task A_sign_in_is_checked_by_the_engine_and_kept_for_docker_too()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run($"Connect-ContainerRegistry https://Registry.Example:5000/v2/ -Credential ({Credential})");
        var signedIn = (RegistrySession)Assert.Single(result.Output).BaseObject;
        Assert.Equal(("registry.example:5000", "ann", _configuration.ConfigurationFile), (signedIn.Registry, signedIn.Username, signedIn.Store));
        Assert.Equal(engine.Uri, signedIn.Engine?.Uri.ToString());
        Assert.Equal(["SignIn registry.example:5000"], engine.Calls.Where(c => c.StartsWith("Sign", StringComparison.Ordinal)));
        Assert.Equal(new RegistryCredential { Username = "ann", Password = Secret }, engine.Credential);
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Secret}")), _configuration.Text, StringComparison.Ordinal);
        Assert.Contains("not encrypted", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_token_is_kept_instead_of_the_password()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.IdentityToken = "refresh";
        using var session = new Session(engine.Uri);
        session.Get($"Connect-ContainerRegistry -Credential ({Credential})");
        Assert.Contains("\"identitytoken\": \"refresh\"", _configuration.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Secret}")), _configuration.Text, StringComparison.Ordinal);
        session.Get("Find-ContainerImage box");
        Assert.Equal(new RegistryCredential { Username = "ann", IdentityToken = "refresh" }, engine.Credential);
        session.Get($"Connect-ContainerRegistry r.example -IdentityToken ({SecureSecret})");
        Assert.Equal(new RegistryCredential { IdentityToken = Secret }, engine.Credential);
    }

    [Fact]
    public async Task A_refused_sign_in_is_an_error_that_keeps_nothing_and_shows_no_secret()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.Failure = ("SignIn", new EngineException(EngineErrorCode.Unauthenticated, EngineErrorReason.RegistryUnauthorized, "no"));
        using var session = new Session(engine.Uri);
        Session.Result result = session.Run($"Connect-ContainerRegistry r.example -Credential ({Credential})");
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(("RegistryUnauthorized", ErrorCategory.AuthenticationError), (result.ErrorIds[0], error.CategoryInfo.Category));
        Assert.DoesNotContain(Secret, error.Exception.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _configuration.Text);
        session.Get($"Connect-ContainerRegistry r.example -Credential ({Credential}) -WhatIf");
        Assert.Single(engine.Calls, c => c.StartsWith("SignIn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signing_out_takes_exactly_what_is_named_or_matches()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get($"'a.example', 'b.example:5000', 'docker.io' | Connect-ContainerRegistry -Credential ({Credential})");
        session.Get("Disconnect-ContainerRegistry *example* -WhatIf");
        Assert.Equal(3, _configuration.Text.Split("\"auth\":").Length - 1);
        session.Get("Disconnect-ContainerRegistry");
        Assert.DoesNotContain("index.docker.io", _configuration.Text, StringComparison.Ordinal);
        session.Get("Disconnect-ContainerRegistry *example*; Disconnect-ContainerRegistry nothing*");
        Assert.DoesNotContain("auth\":", _configuration.Text, StringComparison.Ordinal);
        Session.Result again = session.Run("Disconnect-ContainerRegistry a.example");
        Assert.Equal(["CredentialNotFound"], again.ErrorIds);
        Assert.Equal(ErrorCategory.ObjectNotFound, again.Errors[0].CategoryInfo.Category);
    }

    [Fact]
    public async Task Hosts_with_a_credential_are_completed()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get($"'a.example', 'b.example:5000' | Connect-ContainerRegistry -Credential ({Credential})");
        Assert.Equal(
            ["b.example:5000"],
            session.Get("(TabExpansion2 'Disconnect-ContainerRegistry b' 30).CompletionMatches.CompletionText").Select(t => t.ToString()));
    }

    [Fact]
    public async Task Only_the_credential_of_the_references_registry_is_sent()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        session.Get($"Connect-ContainerRegistry r.example -Credential ({Credential})");
        foreach (string call in (string[])["Find-ContainerImage {0}/box", "Find-ContainerImage {0}/box -Tag", "Get-ContainerManifest {0}/box",
            "New-ContainerManifest {0}/box -Image {0}/a | Publish-ContainerManifest"])
        {
            session.Get(call.Replace("{0}", "r.example", StringComparison.Ordinal));
            Assert.Equal("ann", engine.Credential?.Username);
            session.Get(call.Replace("{0}", "r.example:5000", StringComparison.Ordinal));
            Assert.Null(engine.Credential);
        }
    }

    [Fact]
    public async Task Images_are_pulled_and_pushed_with_the_credential_of_their_registry_alone()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        engine.AddImage("r.example/box:1", "other.example/box:1");
        using var session = new Session(engine.Uri);
        session.Get($"Connect-ContainerRegistry r.example -Credential ({Credential})");
        session.Get("Install-ContainerImage r.example/app:1; Publish-ContainerImage r.example/box:1");
        Assert.Equal((Secret, Secret), (engine.Pulled?.Credential?.Password, engine.Pushed?.Credential?.Password));
        session.Get("Install-ContainerImage other.example/app:1; Publish-ContainerImage other.example/box:1");
        Assert.Equal((null, null), (engine.Pulled?.Credential, engine.Pushed?.Credential));
    }

    [Fact]
    public async Task No_stream_of_powershell_shows_the_secret()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync();
        using var session = new Session(engine.Uri);
        // Set apart: the line that a person types is in every record, and that is theirs to mind.
        session.Get($"$global:ann = {Credential}");
        // Serialized: every property of every record, as remoting and Export-Clixml would have them.
        string shown = string.Join('\n', session.Run("""
            & {
                $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
                Connect-ContainerRegistry r.example -Credential $ann -Verbose -Debug
                Get-ContainerManifest r.example/box -Verbose -Debug
                Find-ContainerImage r.example/box -Tag -Verbose -Debug
                Disconnect-ContainerRegistry r.example, other.example -Verbose -Debug
            } *>&1
            $Error
            """).Output.Select(o => $"{o}\n{PSSerializer.Serialize(o, 2)}"));
        Assert.Contains("r.example", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Secret}")), shown, StringComparison.Ordinal);
    }

    public void Dispose() => _configuration.Dispose();
}
