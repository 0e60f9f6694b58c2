using System.Text.Json;
using Engine.Linux.Cgroups;
using Engine.Linux.Processes;

namespace Engine.Linux.Runtime;

/// <summary>
/// An OCI runtime (crun, runc): the commands start, kill, delete and state. create is conmon's, see
/// <see cref="ContainerMonitor"/>.
/// </summary>
public sealed class OciRuntime
{
    private readonly OciRuntimeOptions _options;

    private OciRuntime(string path, string version, OciRuntimeOptions options)
    {
        Path = path;
        Version = version;
        _options = options;
    }

    /// <summary>The program's name, such as <c>crun</c>.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The program's absolute path.</summary>
    public string Path { get; }

    /// <summary>Its version, such as <c>1.8.1</c>.</summary>
    public string Version { get; }

    /// <summary>Where it keeps its state.</summary>
    public string Root => _options.Root;

    /// <summary>Whether systemd makes the cgroups.</summary>
    public bool SystemdCgroup => _options.SystemdCgroup;

    /// <summary>How long one command may take.</summary>
    public TimeSpan Timeout => _options.Timeout;

    /// <summary>Finds the first candidate that is installed and runs. Mount the missing cgroup controllers before.</summary>
    /// <exception cref="EngineException">None is (RuntimeNotFound).</exception>
    public static async Task<OciRuntime> OpenAsync(OciRuntimeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        EngineException? last = null;
        foreach (string candidate in InOrderOfUse(options.Candidates))
        {
            try
            {
                string path = ProgramFinder.Require(candidate, System.IO.Path.GetFileName(candidate));
                return new OciRuntime(path, await ProgramVersion.ReadAsync(path, cancellationToken).ConfigureAwait(false), options);
            }
            catch (EngineException exception) when (exception.Reason == EngineErrorReason.RuntimeNotFound)
            {
                last ??= exception;
            }
        }

        throw last ?? new EngineException(
            EngineErrorCode.NotSupported, EngineErrorReason.RuntimeNotFound, "No OCI runtime is configured. Install the package 'crun'.");
    }

    /// <summary>Lets a created container run its command.</summary>
    /// <param name="id">The container.</param>
    /// <param name="command">The command, for the message when it cannot be run.</param>
    /// <param name="cancellationToken">Ends the runtime's command early.</param>
    /// <exception cref="EngineException">CommandNotFound, CommandNotExecutable or ContainerStartFailed.</exception>
    public async Task StartAsync(string id, string? command = null, CancellationToken cancellationToken = default)
    {
        ChildProcessResult result = await RunAsync(["start", id], cancellationToken).ConfigureAwait(false);
        if (!result.Status.IsSuccess)
        {
            throw RuntimeFailure.OfStart(id, command, result.ErrorText);
        }
    }

    /// <summary>
    /// Sends a signal to the container's first process; false when it has ended. <see cref="MonitoredContainer.Send"/> does
    /// the same without a child process.
    /// </summary>
    /// <param name="id">The container.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="all">To every process of the container's cgroup.</param>
    /// <param name="cancellationToken">Ends the runtime's command early.</param>
    public async Task<bool> KillAsync(string id, Signal signal, bool all = false, CancellationToken cancellationToken = default)
    {
        string number = signal.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        ChildProcessResult result = await RunAsync(all ? ["kill", "--all", id, number] : ["kill", id, number], cancellationToken).ConfigureAwait(false);
        return result.Status.IsSuccess
            || (RuntimeFailure.IsUnknownContainer(result.ErrorText) || RuntimeFailure.IsNotRunning(result.ErrorText)
                ? false
                : throw Failure(id, "kill", result));
    }

    /// <summary>Removes what the runtime keeps of a container, its cgroups included. One that it does not know is no error.</summary>
    /// <param name="id">The container.</param>
    /// <param name="force">Kill it first when it still runs.</param>
    /// <param name="cancellationToken">Ends the runtime's command early.</param>
    /// <exception cref="EngineException">It runs and <paramref name="force"/> is not given, or it could not be removed (RuntimeFailed).</exception>
    public async Task DeleteAsync(string id, bool force = false, CancellationToken cancellationToken = default)
    {
        ChildProcessResult result = await RunAsync(force ? ["delete", "--force", id] : ["delete", id], cancellationToken).ConfigureAwait(false);
        if (!result.Status.IsSuccess && !RuntimeFailure.IsUnknownContainer(result.ErrorText))
        {
            throw Failure(id, "delete", result);
        }
    }

    /// <summary>What the runtime says of a container; null when it knows none.</summary>
    public async Task<OciContainerState?> GetStateAsync(string id, CancellationToken cancellationToken = default)
    {
        ChildProcessResult result = await RunAsync(["state", id], cancellationToken).ConfigureAwait(false);
        if (result.Status.IsSuccess)
        {
            return JsonSerializer.Deserialize(result.Output, RuntimeJson.Default.OciContainerState);
        }

        return RuntimeFailure.IsUnknownContainer(result.ErrorText) ? null : throw Failure(id, "state", result);
    }

    /// <summary>The arguments that come before every command.</summary>
    internal IReadOnlyList<string> GlobalArguments => ["--root=" + _options.Root, .. _options.Arguments];

    /// <summary>crun goes last on a host where it would refuse every container.</summary>
    private static IEnumerable<string> InOrderOfUse(IReadOnlyList<string> candidates) =>
        candidates.Count > 1 && CgroupHierarchy.Detect().HasStrayController
            ? candidates.OrderBy(candidate => System.IO.Path.GetFileName(candidate) == "crun" ? 1 : 0)
            : candidates;

    private Task<ChildProcessResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        List<string> arguments = [.. GlobalArguments];
        if (SystemdCgroup)
        {
            arguments.Add("--systemd-cgroup");
        }

        arguments.AddRange(command);
        return ChildProcess.RunAsync(
            new ChildProcessOptions { FileName = Path, Arguments = arguments, WorkingDirectory = "/" }, Timeout, cancellationToken: cancellationToken);
    }

    private EngineException Failure(string id, string command, ChildProcessResult result) =>
        new(EngineErrorCode.Unavailable, EngineErrorReason.RuntimeFailed,
            $"{Name} {command} failed for container '{id}': {RuntimeFailure.Clean(result.ErrorText)}", id);
}
