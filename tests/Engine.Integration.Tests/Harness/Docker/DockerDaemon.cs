using System.Diagnostics;

namespace Engine.Integration.Tests.Harness.Docker;

/// <summary>
/// A private dockerd, to compare with and to exchange archives with: roots, socket and processes of its own, no network.
/// Where docker is not installed, the test that asks for it is skipped.
/// </summary>
public sealed class DockerDaemon : IAsyncDisposable
{
    private const string Daemon = "dockerd";
    private const string Command = "docker";

    // The oldest API that every client of today still speaks and that Debian's dockerd 20.10 offers: a client that is
    // newer than the daemon would ask for its own version, and be refused.
    private const string ApiVersion = "1.41";

    // Short: the paths of unix sockets hold 107 bytes (unix(7)), and containerd's lie deep below the exec root.
    private readonly string _directory = Directory.CreateTempSubdirectory("ed-").FullName;
    private Process? _process;

    private DockerDaemon()
    {
    }

    private string Socket => "unix://" + Path.Combine(_directory, "sock");

    private string ConfigurationFile => Path.Combine(_directory, "daemon.json");

    private string LogFile => Path.Combine(_directory, "log");

    /// <summary>Starts a dockerd, and waits until it answers.</summary>
    public static async Task<DockerDaemon> StartAsync(CancellationToken cancellationToken)
    {
        foreach (string program in (string[])[Daemon, Command])
        {
            Assert.SkipUnless(IsOnPath(program), $"{program} is not on PATH (Debian: docker.io).");
        }

        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can run dockerd.");
        var daemon = new DockerDaemon();
        try
        {
            // Not the machine's own daemon.json, and dockerd refuses a file that is named and not there.
            await File.WriteAllTextAsync(daemon.ConfigurationFile, "{}", cancellationToken);
            daemon.Launch();
            await daemon.UntilItAnswersAsync(cancellationToken);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the docker command against this daemon, and fails unless it succeeds.</summary>
    /// <returns>What it wrote to its standard output, without white space at the end.</returns>
    public async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output, error) = await TryRunAsync(arguments, cancellationToken);
        Assert.True(
            exitCode == 0,
            $"'docker {string.Join(' ', arguments)}' ended with {exitCode}: {error}\ndockerd's log:\n{LogTail()}");
        return output;
    }

    /// <summary>Ends the daemon with its containers, and takes away all that it made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            using var limit = new CancellationTokenSource(Limit.EngineStart);
            try
            {
                using Process terminate = Process.Start("kill", [$"{_process.Id}"]);
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process?.Dispose();
        await DockerRemains.RemoveAsync(_directory);
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(directory => File.Exists(Path.Combine(directory, program)));

    // A shell that becomes dockerd: its log is a file, so that no pipe of this process keeps either of them alive.
    private void Launch() => _process = Process.Start(new ProcessStartInfo("/bin/sh",
    [
        "-c", "exec >>\"$0\" 2>&1 </dev/null; exec \"$@\"", LogFile, Daemon,
        "--data-root", Path.Combine(_directory, "data"), "--exec-root", Path.Combine(_directory, "exec"),
        "--pidfile", Path.Combine(_directory, "pid"), "--config-file", ConfigurationFile,
        "-H", Socket, "--iptables=false", "--ip6tables=false", "--bridge=none", "--log-level", "warn",
    ])
    { WorkingDirectory = "/" })!;

    private async Task UntilItAnswersAsync(CancellationToken cancellationToken)
    {
        string last = "";
        await Limit.UntilAsync(
            async () =>
            {
                Assert.False(_process!.HasExited, $"dockerd ended before it answered. Its log:\n{LogTail()}");
                (int exitCode, _, last) = await TryRunAsync(["version"], cancellationToken);
                return exitCode == 0;
            },
            Limit.Call,
            () => $"dockerd does not answer: {last}\nIts log:\n{LogTail()}",
            cancellationToken);
    }

    private async Task<(int ExitCode, string Output, string Error)> TryRunAsync(
        IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Command, ["--host", Socket, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOCKER_API_VERSION"] = ApiVersion;
        // Not the user's own contexts and credentials.
        start.Environment["DOCKER_CONFIG"] = Path.Combine(_directory, "client");
        start.Environment.Remove("DOCKER_CONTEXT");
        using Process command = Process.Start(start)!;
        command.StandardInput.Close();
        Task<string> output = command.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = command.StandardError.ReadToEndAsync(cancellationToken);
        await command.WaitForExitAsync(cancellationToken);
        return (command.ExitCode, (await output).TrimEnd(), await error);
    }

    private string LogTail() =>
        File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(20)) : "(none)";
}
