using Engine.Integration.Tests.Harness;
using Engine.Testing.Registry;

namespace Engine.Integration.Tests.PowerShell;

/// <summary>The whole life of an image through the module: a registry that wants to know who asks, a real engine, a host as a process.</summary>
public sealed class ImageLifeTests : OwnEngineTest
{
    private const string Password = "a-password-of-the-test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");

    private DockerRegistry _registry = null!;

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed (Debian: docker-registry).");
        await base.InitializeAsync();
        _registry = await DockerRegistry.StartAsync(user: "ann", password: Password);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_registry is not null)
        {
            await _registry.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_image_goes_to_a_registry_and_comes_back_the_same()
    {
        string output = await EngineShell.RunAsync(
            """
            $ErrorActionPreference = 'Stop'
            $null = Connect-Engine $env:TEST_ENGINE
            $registry = $env:TEST_REGISTRY
            Add-ContainerImageTag busybox:test $registry/busybox:1
            try { Publish-ContainerImage $registry/busybox:1 } catch { "unknown: $($_.FullyQualifiedErrorId.Split(',')[0])" }
            $credential = [pscredential]::new('ann', (ConvertTo-SecureString $env:TEST_PASSWORD -AsPlainText))
            $null = Connect-ContainerRegistry $registry -Credential $credential -WarningAction SilentlyContinue
            $first = (Publish-ContainerImage $registry/busybox:1).Digest
            $null = Get-ContainerImage | Remove-ContainerImage -Force
            "empty: $(@(Get-ContainerImage).Count)"
            $busybox = Install-ContainerImage $registry/busybox:1
            "digest: $($busybox.ManifestDigest -eq $first)"
            "run: $(Invoke-Container $registry/busybox:1 -Keep -Name box -- sh -c 'echo hello > /greeting; echo made')"
            $image = ConvertTo-ContainerImage box $registry/team/greeter:1 -Change 'CMD cat /greeting' -Message why
            "steps: $(($image | Get-ContainerImageHistory).Comment -join ',')"
            $pushed = $image | Publish-ContainerImage
            Remove-Container box
            $null = Get-ContainerImage | Remove-ContainerImage -Force
            "gone: $(@(Get-ContainerImage).Count)"
            $back = Install-ContainerImage "$registry/team/greeter@$($pushed.Digest)"
            "same: $($back.Id -eq $image.Id)"
            "said: $(Invoke-Container $back.Id)"
            $null = Remove-ContainerImage $back.Id -Force
            "pulled by the run: $(Invoke-Container $registry/team/greeter:1)"
            "faults: $(@(Test-EngineStore).Count)"
            "pruned: $(@(Invoke-Prune -All -Force).Count), left: $(@(Get-ContainerImage).Count)"
            """,
            new Dictionary<string, string>
            {
                ["TEST_ENGINE"] = Engine.Client.Connection.Uri.ToString(),
                ["TEST_REGISTRY"] = _registry.Host,
                ["TEST_PASSWORD"] = Password,
                // Not the credentials of whoever runs the tests.
                ["DOCKER_CONFIG"] = _folder.FullName,
            },
            Cancel);
        Assert.Equal(
            """
            unknown: RegistryUnauthorized
            empty: 0
            digest: True
            run: made
            steps: why,
            gone: 0
            same: True
            said: hello
            pulled by the run: hello
            faults: 0
            pruned: 1, left: 0

            """,
            output);
    }
}
