using System.Diagnostics;
using System.Formats.Tar;
using Engine.Integration.Tests.Harness;
using Engine.Testing.Registry;

namespace Engine.Integration.Tests.PowerShell;

/// <summary>What the help pages show runs as it is written there, in both hosts.</summary>
public sealed class HelpExampleTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");

    [Fact]
    public Task Every_example_runs_in_the_shell() => RunAsync(EngineShell.Path);

    [Fact]
    public Task Every_example_runs_in_powershell()
    {
        string? pwsh = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, "pwsh")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(pwsh is null, "No pwsh is on PATH.");
        return RunAsync(pwsh!);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RunAsync(string host)
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed (Debian: docker-registry).");
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await MakeFilesAsync(cancel);
        await using DockerRegistry registry = await DockerRegistry.StartAsync();
        await FillAsync(registry, cancel);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "daemon.json"),
            $$"""{"registry-mirrors": ["http://{{registry.Host}}"]}""",
            cancel);
        var start = new ProcessStartInfo(
            host,
            [
                "-NoLogo", "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "PowerShell", "HelpExamples.ps1"),
                "-Module", Path.Combine(EngineShell.Root, "Engine.psd1"), "-Root", _folder.FullName, "-Registry", registry.Host,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["ENGINE_ENGINED"] = EngineProgram.Path;
        // The credentials of whoever runs the tests are none of their business.
        start.Environment["DOCKER_CONFIG"] = _folder.CreateSubdirectory("docker").FullName;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancel);
        Task<string> error = process.StandardError.ReadToEndAsync(cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The examples did not end. Output: {await output} Errors: {await error}");
        }

        // What -WhatIf says goes to the host, and can be caught nowhere else.
        string[] lines = (await output + await error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] wrong = [.. lines.Where(l => !l.StartsWith("What if: ", StringComparison.Ordinal))];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
        Assert.Equal(0, process.ExitCode);
    }

    // rootfs.tar, images.tar.gz and layout are what the pages call them.
    private async Task MakeFilesAsync(CancellationToken cancel)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "rootfs.tar"), BusyboxImage.Archive, cancel);
        using var layer = new TestLayer();
        byte[] tar = layer.File("hello", "world").ToArray();
        await File.WriteAllBytesAsync(
            Path.Combine(_folder.FullName, "images.tar.gz"),
            TestLayout.Compress(new TestLayout().Add(tar).ToDockerArchive("example:1"), "gzip"),
            cancel);
        using var layout = new MemoryStream(TestLayout.ToOciArchive("app:2", new TestLayout { Architecture = "arm64" }.Add(tar)));
        await TarFile.ExtractToDirectoryAsync(
            layout, _folder.CreateSubdirectory("layout").FullName, overwriteFiles: false, cancel);
    }

    // What the pages expect at localhost:5000, beside busybox.
    private static async Task FillAsync(DockerRegistry registry, CancellationToken cancel)
    {
        using var layer = new TestLayer();
        byte[] tar = layer.File("hello", "world").ToArray();
        TestLayout[] platforms = [new TestLayout().Add(tar), new TestLayout { Architecture = "arm64" }.Add(tar)];
        await Skopeo.PushAsync(TestLayout.ToOciArchive("app", platforms), $"{registry.Host}/team/app:1", cancel);
        foreach (TestLayout platform in platforms)
        {
            await Skopeo.PushAsync(platform.ToOciArchive(), $"{registry.Host}/app:{platform.Architecture}", cancel);
        }
    }
}
