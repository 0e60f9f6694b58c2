using System.Diagnostics;
using System.Text.Json;
using Engine.Client;

namespace Engine.Integration.Tests.Harness;

/// <summary>A real engined with roots and a cgroup of its own, which can be killed and started again.</summary>
public sealed class TestEngine : IAsyncDisposable
{
    private static int s_number;

    private readonly string _directory;
    private readonly string _configurationFile;
    private readonly TestEngineOptions _options;
    private Process? _process;

    private TestEngine(TestEngineOptions options)
    {
        _options = options;
        // The paths of unix sockets hold 107 bytes (unix(7)): a test's directory cannot be deep.
        string name = $"et-{Environment.ProcessId}-{Interlocked.Increment(ref s_number)}";
        _directory = Path.Combine("/tmp", name);
        DataRoot = options.DataRoot ?? Path.Combine(_directory, "data");
        ExecRoot = Path.Combine(_directory, "exec");
        LogFile = Path.Combine(_directory, "engined.log");
        CgroupParent = "/engine-tests/" + name;
        _configurationFile = Path.Combine(_directory, "daemon.json");
        Client = new EngineClient(new EngineConnection(new Uri("unix://" + Path.Combine(ExecRoot, "engine.sock"))));
    }

    public string DataRoot { get; }

    public string ExecRoot { get; }

    public string CgroupParent { get; }

    public string LogFile { get; }

    public EngineClient Client { get; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("engined does not run.");

    /// <summary>Makes an engine's directories and starts it.</summary>
    public static async Task<TestEngine> StartNewAsync(TestEngineOptions? options = null)
    {
        var engine = new TestEngine(options ?? new TestEngineOptions());
        Directory.CreateDirectory(engine._directory);
        try
        {
            if (engine._options.TmpfsSize is { } size)
            {
                Directory.CreateDirectory(engine.DataRoot);
                Kernel.MountTmpfs(engine.DataRoot, $"size={size},mode=711");
            }

            await engine.StartAsync();
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }

        return engine;
    }

    /// <summary>Starts engined, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        await LaunchAsync();
        await UntilItAnswersAsync();
    }

    /// <summary>Starts engined without waiting for it.</summary>
    public async Task LaunchAsync()
    {
        var settings = new Dictionary<string, object>(_options.Settings) { ["cgroup-parent"] = CgroupParent };
        await File.WriteAllTextAsync(_configurationFile, JsonSerializer.Serialize(settings));
        // A shell that becomes engined: its log is a file, so that no pipe of this process keeps either of them alive.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        foreach (string argument in (string[])
            ["-c", "exec >>\"$0\" 2>&1 </dev/null; exec \"$@\"", LogFile, EngineProgram.Path, "--config-file",
                _configurationFile,
            "--data-root", DataRoot, "--exec-root", ExecRoot, "--log-level", _options.LogLevel, .. _options.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _options.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    public async Task UntilItAnswersAsync()
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var limit = new CancellationTokenSource(Limit.EngineStart);
                await Client.System.GetInfoAsync(limit.Token);
                return;
            }
            catch (EngineException e) when (e.Reason == EngineErrorReason.EngineNotRunning && !_process!.HasExited
                && TimeProvider.System.GetElapsedTime(started) < Limit.EngineStart)
            {
                await Task.Delay(5);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"engined does not answer: {e.Message}{(_process!.HasExited ? $" It ended with {_process.ExitCode}." : "")}\n{LogTail()}", e);
            }
        }
    }

    /// <summary>Ends engined as a crash does.</summary>
    public async Task KillAsync() => await EndAsync(Kernel.SIGKILL);

    /// <summary>Ends engined as its service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync() => await EndAsync(Kernel.SIGTERM);

    /// <summary>Waits until engined has ended by itself.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit.Call);
        await _process!.WaitForExitAsync(limit.Token);
        int code = _process.ExitCode;
        _process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Starts engined if it does not run.</summary>
    public async Task EnsureStartedAsync()
    {
        if (_process is { HasExited: true })
        {
            _process.Dispose();
            _process = null;
        }

        if (_process is null)
        {
            await StartAsync();
        }
    }

    /// <summary>Kills engined and starts it again.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <summary>The last lines of engined's log.</summary>
    public string LogTail(int lines = 40) =>
        File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(lines)) : "(no log)";

    /// <summary>
    /// Removes what the engine holds, ends it, and fails when anything of it is still there: a process, a mount, a
    /// cgroup,
    /// a directory.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var failures = new List<string>();
        try
        {
            await EmptyAsync(failures);
            if (_process is { HasExited: false } && await StopAsync() is var code and not 0)
            {
                failures.Add($"engined ended with {code} on SIGTERM.");
            }

            bool owned = _options.DataRoot is null;
            failures.AddRange(await Leftovers.UntilGoneAsync(Marks(), owned ? DataRoot : null, ExecRoot));
        }
        finally
        {
            Client.Dispose();
            await DestroyAsync();
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures) + "\n" + _lastLog);
    }

    private string _lastLog = "";

    // With the slash at their ends they are no beginnings of other engines' paths, and the tmpfs itself is no leftover.
    private IReadOnlyList<string> Marks() => [_directory + "/exec/", _directory + "/data/", CgroupParent + "/"];

    private async Task EmptyAsync(List<string> failures)
    {
        if (_process is not { HasExited: false })
        {
            return;
        }

        using var limit = new CancellationTokenSource(Limit.Call);
        try
        {
            await foreach (Container container in Client.Containers.ListAsync(new ContainerFilter(), limit.Token))
            {
                await Client.Containers.RemoveAsync(container.Id, force: true, limit.Token);
            }
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            failures.Add($"The engine could not be emptied: {e.Message}");
        }
    }

    private async Task<int> EndAsync(int signal)
    {
        Kernel.Kill(ProcessId, signal);
        return await WaitForExitAsync();
    }

    // Whatever went wrong, the next test starts on a clean machine.
    private async Task DestroyAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _lastLog = LogTail();
        await Leftovers.DestroyAsync(Marks());
        foreach (string hierarchy in Cgroup.Hierarchies.Where(h => Directory.Exists(h + CgroupParent)))
        {
            Directory.Delete(hierarchy + CgroupParent);
        }

        if (_options.TmpfsSize is not null)
        {
            Kernel.Unmount(DataRoot);
        }

        if (Environment.GetEnvironmentVariable("ENGINE_TEST_KEEP_LOG") is { Length: > 0 } kept && File.Exists(LogFile))
        {
            File.Copy(LogFile, Path.Combine(kept, Path.GetFileName(_directory) + ".log"), overwrite: true);
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
