using System.Diagnostics;

namespace Engine.Benchmarks.Engines;

/// <summary>podman, as its users run it: a command a container.</summary>
internal sealed class PodmanCommand(string program) : IMeasuredEngine
{
    // Podman's own default limits are above those of a host without CAP_SYS_RESOURCE, and its runtime fails there.
    private static readonly string[] s_options =
        ["--network", "none", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024",
            "localhost/" + BenchmarkImage.Reference];

    private readonly PrivateDirectory _directory = new();

    public string Name => "podman";

    public Task<TimeSpan?> StartAsync() => Task.FromResult<TimeSpan?>(null);

    public async Task PrepareAsync()
    {
        string archive = _directory["image.tar"];
        await File.WriteAllBytesAsync(archive, BenchmarkImage.RootFileSystem());
        await PodmanAsync("import", "--quiet", archive, BenchmarkImage.Reference);
    }

    public Task RunAsync(int client, PhaseTimes? phases) => PodmanAsync(["run", "--rm", .. s_options, "true"]);

    public async Task StartSleepersAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await PodmanAsync(["run", "--detach", .. s_options, "sleep", "1000"]);
        }
    }

    public long? DaemonMemory() => null;

    public long MonitorMemory() => _directory.Memory("conmon");

    public Task PullAsync(string reference) => PodmanAsync("pull", "--quiet", "--tls-verify=false", reference);

    public Task RemoveImageAsync(string reference) => PodmanAsync("rmi", "--force", reference);

    public long? PeakMemory() => null;

    public TimeSpan? ProcessorTime() => null;

    public async ValueTask DisposeAsync()
    {
        await PodmanAsync("rm", "--all", "--force", "--time", "0");
        _directory.Dispose();
    }

    private async Task PodmanAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [
            "--root", _directory["data"], "--runroot", _directory["exec"], "--tmpdir", _directory["tmp"],
            "--storage-driver", "overlay", "--cgroup-manager", "cgroupfs", "--events-backend", "none", .. arguments,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"podman {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
        }
    }
}
