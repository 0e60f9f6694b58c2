using System.Text;
using Engine.Client;
using Engine.Integration.Tests.Harness;
using Engine.Testing.Registry;

namespace Engine.Integration.Tests.Registries;

/// <summary>A registry that only one user may use, a real engine, and the module, all as processes.</summary>
public sealed class SignInTests : OwnEngineTest
{
    private const string Secret = "hunter2-s3cret-of-the-test";
    private const string Wrong = "wr0ng-s3cret-of-the-test";

    private static readonly RegistryCredential s_ann = new() { Username = "ann", Password = Secret };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");

    private DockerRegistry _registry = null!;

    private protected override TestEngineOptions Options => new() { LogLevel = "debug" };

    private RegistriesClient Registries => Engine.Client.Registries;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _registry = await DockerRegistry.StartAsync(user: "ann", password: Secret);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Only_the_right_credential_is_taken()
    {
        RegistrySignIn signedIn = await Registries.SignInAsync(_registry.Host, s_ann, Cancel);
        Assert.Equal((_registry.Host, ""), (signedIn.Registry, signedIn.IdentityToken));
        foreach (RegistryCredential? other in (RegistryCredential?[])
            [s_ann with { Password = Wrong }, s_ann with { Username = "bob" }, new() { IdentityToken = Wrong }, null])
        {
            EngineException error = await Assert.ThrowsAsync<EngineException>(
                () => Registries.SignInAsync(_registry.Host, other, Cancel));
            Assert.Equal(EngineErrorReason.RegistryUnauthorized, error.Reason);
            Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_session_works_from_sign_in_to_sign_out_and_its_secret_is_nowhere()
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        IAsyncEnumerable<EngineEvent> events = await Engine.Client.System.OpenEventsAsync(new EventQuery(), ended.Token);
        Task<string> heard = ListenAsync(events, ended.Token);
        Task<string> commands = WatchCommandLinesAsync(ended.Token);
        await PushAsync("app:amd64");

        string output = await EngineShell.RunAsync(
            """
            $null = Connect-Engine $env:TEST_ENGINE
            function Step([string] $Name, [scriptblock] $What) {
                try { "${Name}: $(& $What)" }
                catch {
                    "${Name}: $($_.FullyQualifiedErrorId.Split(',')[0])"
                    $_.Exception.ToString(); $_.ScriptStackTrace
                }
            }
            $ErrorActionPreference = 'Stop'
            $wrong = [pscredential]::new('ann', [Net.NetworkCredential]::new('', $env:TEST_WRONG).SecurePassword)
            $right = [pscredential]::new('ann', [Net.NetworkCredential]::new('', $env:TEST_SECRET).SecurePassword)
            Step 'before' { Find-ContainerImage $env:TEST_REGISTRY/app -Tag }
            Step 'wrong' { Connect-ContainerRegistry $env:TEST_REGISTRY -Credential $wrong }
            Step 'right' { (Connect-ContainerRegistry $env:TEST_REGISTRY -Credential $right -WarningAction SilentlyContinue).Username }
            Step 'tags' { (Find-ContainerImage $env:TEST_REGISTRY/app -Tag).Tag | Sort-Object }
            Step 'list' {
                $null = New-ContainerManifest $env:TEST_REGISTRY/app:all -Image $env:TEST_REGISTRY/app:amd64 |
                    Set-ContainerManifest $env:TEST_REGISTRY/app:amd64 -Variant v3 | Publish-ContainerManifest
                (Get-ContainerManifest $env:TEST_REGISTRY/app:all).Manifests.Platform
            }
            Step 'all' { (Find-ContainerImage $env:TEST_REGISTRY/app -Tag).Tag | Sort-Object }
            Step 'out' { Disconnect-ContainerRegistry $env:TEST_REGISTRY }
            Step 'after' { Find-ContainerImage $env:TEST_REGISTRY/app -Tag }
            """,
            new Dictionary<string, string>
            {
                ["TEST_ENGINE"] = Engine.Client.Connection.Uri.ToString(),
                ["TEST_REGISTRY"] = _registry.Host,
                ["TEST_SECRET"] = Secret,
                ["TEST_WRONG"] = Wrong,
                ["DOCKER_CONFIG"] = _folder.FullName,
            },
            Cancel);

        foreach (string line in (string[])["before: RegistryUnauthorized", "wrong: RegistryUnauthorized", "right: ann", "tags: amd64",
            "list: linux/amd64/v3", "all: all amd64", "out: ", "after: RegistryUnauthorized"])
        {
            Assert.True(output.Split('\n').Contains(line), $"No '{line}' in:\n{output}");
        }

        await ended.CancelAsync();
        (string, string)[] places =
        [
            ("output", output), ("events", await heard), ("command lines", await commands),
            ("log", await File.ReadAllTextAsync(Engine.LogFile, Cancel)),
            ("configuration", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "config.json"), Cancel)),
            ("database", Encoding.Latin1.GetString(await ReadSharedAsync(Path.Combine(Engine.DataRoot, "engine.db")))),
        ];
        // The places are the right ones: they tell of the same calls.
        Assert.Contains("SignIn", places[3].Item2, StringComparison.Ordinal);
        Assert.Contains(_registry.Host, places[1].Item2, StringComparison.Ordinal);
        // As it is, and as docker and HTTP write it.
        string[] forms = [Secret, Wrong, Base64($"ann:{Secret}"), Base64($"ann:{Wrong}")];
        Assert.All(places, place =>
        {
            Assert.NotEmpty(place.Item2);
            Assert.All(forms, form => Assert.False(place.Item2.Contains(form, StringComparison.Ordinal), $"{place.Item1} shows {form}"));
        });
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task PushAsync(string name)
    {
        string reference = $"{_registry.Host}/{name}";
        await Engine.Client.Images.TagAsync(BusyboxImage.Reference, reference, Cancel);
        await foreach (PushResult _ in Engine.Client.Images.PushAsync(
            new ImagePush { Reference = reference, Credential = s_ann }, null, null, Cancel))
        {
            // Its end is what counts.
        }
    }

    private static async Task<string> ListenAsync(IAsyncEnumerable<EngineEvent> events, CancellationToken end)
    {
        var heard = new StringBuilder();
        try
        {
            await foreach (EngineEvent one in events.WithCancellation(end))
            {
                heard.AppendLine($"{one.Action} {one.Name} {string.Join(' ', one.Attributes)}");
            }
        }
        catch (OperationCanceledException)
        {
            // The test has what it wanted.
        }

        return heard.ToString();
    }

    private static async Task<string> WatchCommandLinesAsync(CancellationToken end)
    {
        var seen = new HashSet<string>();
        while (!end.IsCancellationRequested)
        {
            foreach (string process in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(d[6])))
            {
                try
                {
                    // htpasswd of the harness is over by now.
                    seen.Add(await File.ReadAllTextAsync(process + "/cmdline", CancellationToken.None));
                }
                catch (IOException)
                {
                    // It has ended.
                }
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return string.Join('\n', seen);
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] all = new byte[file.Length];
        await file.ReadExactlyAsync(all);
        return all;
    }
}
