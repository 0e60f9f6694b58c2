using System.Runtime.InteropServices;
using System.Text;
using Engine.Linux.Processes;

namespace Engine.Linux.Runtime;

/// <summary>
/// conmon: one small process for each container, which holds its output, writes its log, collects its exit code, and is no
/// child of the engine: it forks twice and begins a session, so that neither the engine's end nor a signal to the
/// engine's group reaches it (conmon(8)).
/// </summary>
public sealed class ContainerMonitor
{
    /// <summary>The descriptor number of the sync pipe in conmon, which _OCI_SYNCPIPE names.</summary>
    private const int SyncDescriptor = 3;

    private ContainerMonitor(string path, string version)
    {
        Path = path;
        Version = version;
    }

    /// <summary>The program's absolute path.</summary>
    public string Path { get; }

    /// <summary>Its version, such as <c>2.1.6</c>.</summary>
    public string Version { get; }

    /// <summary>Finds conmon.</summary>
    /// <param name="program">A name or an absolute path.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    /// <exception cref="EngineException">It is not installed or does not run (RuntimeNotFound).</exception>
    public static async Task<ContainerMonitor> OpenAsync(string program = "conmon", CancellationToken cancellationToken = default)
    {
        string path = ProgramFinder.Require(program, "conmon");
        return new ContainerMonitor(path, await ProgramVersion.ReadAsync(path, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Makes a container: conmon, and under it the runtime's create. When this returns the container waits for
    /// <see cref="OciRuntime.StartAsync"/>; when it throws, nothing of it is left.
    /// </summary>
    /// <exception cref="EngineException">CommandNotFound, CommandNotExecutable, ContainerStartFailed, DiskFull or RuntimeTimedOut.</exception>
    public async Task<MonitoredContainer> CreateAsync(OciRuntime runtime, MonitorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(options);
        if (options.LogPath.Contains(':', StringComparison.Ordinal))
        {
            // conmon cuts "driver:path" at every colon and would log to another file.
            throw new ArgumentException($"conmon cannot log to a path with a colon: '{options.LogPath}'.", nameof(options));
        }

        if (MonitorProcesses.TryReadRecorded(options.Paths) is not null)
        {
            throw new EngineException(
                EngineErrorCode.Conflict, EngineErrorReason.ContainerAlreadyRunning,
                $"Container '{options.Paths.Id}' runs already, under the monitor in '{options.Paths.MonitorPidFile}'.", options.Paths.Id);
        }

        MonitorTraces.Clear(options);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(runtime.Timeout);
        try
        {
            MonitorReport report = await SpawnAsync(runtime, options, deadline.Token).ConfigureAwait(false);
            return Attach(options.Paths, report.Data)
                ?? throw RuntimeFailure.OfStart(options.Paths.Id, options.Command, "The container's monitor ended before the container was started.");
        }
        catch (Exception exception)
        {
            await UndoAsync(runtime, options.Paths).ConfigureAwait(false);
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new EngineException(
                    EngineErrorCode.Timeout, EngineErrorReason.RuntimeTimedOut,
                    $"{runtime.Name} did not make container '{options.Paths.Id}' within {runtime.Timeout.TotalSeconds:0.#} s.", options.Paths.Id, exception);
            }

            throw;
        }
    }

    private async Task<MonitorReport> SpawnAsync(OciRuntime runtime, MonitorOptions options, CancellationToken cancellationToken)
    {
        using SyncPipe sync = SyncPipe.Open();
        using OutputCapture errors = OutputCapture.Create(64 * 1024);
        using ChildProcess starter = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = Path,
            Arguments = Arguments(runtime, options),
            Environment = MonitorEnvironment.Create(SyncDescriptor),
            WorkingDirectory = options.Paths.StateDirectory,
            NewSession = true,
            Descriptors = new Dictionary<int, SafeHandle> { [2] = errors.Handle, [SyncDescriptor] = sync.Writer },
        });
        sync.Writer.Dispose();

        // conmon's first process writes the pid file, forks the lasting one and ends; its own complaints go to stderr.
        ExitStatus status = await starter.WaitOrKillAsync(Path, runtime.Timeout, cancellationToken).ConfigureAwait(false);
        MonitorReport? report = await sync.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (report is { Data: > 0 })
        {
            return report;
        }

        string words = report?.Message ?? Encoding.UTF8.GetString(errors.Read());
        throw RuntimeFailure.OfStart(
            options.Paths.Id, options.Command,
            string.IsNullOrWhiteSpace(words) ? $"{runtime.Name} gave no reason (conmon ended with code {status.Code})" : words);
    }

    private static List<string> Arguments(OciRuntime runtime, MonitorOptions options)
    {
        MonitorPaths paths = options.Paths;
        List<string> arguments =
        [
            "--api-version", "1", "-c", paths.Id, "-u", paths.Id, "-r", runtime.Path, "-b", options.Bundle,
            "-p", paths.PidFile, "-P", paths.MonitorPidFile, "--exit-dir", paths.ExitDirectory,
            "-l", "k8s-file:" + options.LogPath,

            // Without these conmon flushes the log to the disk before it reports the exit, and puts its socket under CRI-O's directory.
            "--no-sync-log", "--full-attach",
        ];
        foreach (string argument in runtime.GlobalArguments)
        {
            arguments.Add("--runtime-arg");
            arguments.Add(argument);
        }

        if (runtime.SystemdCgroup)
        {
            arguments.Add("-s");
        }

        if (options.Terminal)
        {
            arguments.Add("-t");
        }

        if (options.OpenInput)
        {
            arguments.AddRange(["-i", "--leave-stdin-open"]);
        }

        return arguments;
    }

    private static MonitoredContainer? Attach(MonitorPaths paths, int containerPid)
    {
        int monitorPid = MonitorTraces.ReadPid(paths.MonitorPidFile);
        ProcessHandle? monitor = ProcessHandle.TryOpen(monitorPid);
        return monitor is null ? null : new MonitoredContainer(paths, monitor, ProcessHandle.TryOpen(containerPid));
    }

    private static async Task UndoAsync(OciRuntime runtime, MonitorPaths paths)
    {
        // conmon may still be on its way, as a child that was just forked from the one that was killed, and the runtime at
        // work: whatever is missed by one look has been forked by what it found, and is seen by the next.
        while (MonitorProcesses.FindCreating(paths) is { Count: > 0 } creating)
        {
            foreach (ProcessInstance identity in creating)
            {
                using ProcessHandle? process = ProcessHandle.TryOpen(identity);
                if (process?.Send(Signal.Kill) == true)
                {
                    await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
        }

        try
        {
            await runtime.DeleteAsync(paths.Id, force: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            // The failure that led here says more; the next start finds what is left by its id.
        }
    }
}
