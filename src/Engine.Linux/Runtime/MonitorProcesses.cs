using System.Globalization;
using Engine.Linux.Processes;

namespace Engine.Linux.Runtime;

/// <summary>
/// Finds the conmons that run for an engine, from the kernel's process table rather than from files: a conmon that began
/// just before the engine was killed is found too, and a number in a stale file is not taken for one.
/// </summary>
public static class MonitorProcesses
{
    /// <summary>Every conmon whose exit files go to a directory, by container.</summary>
    public static IReadOnlyDictionary<string, ProcessInstance> FindAll(string exitDirectory)
    {
        Dictionary<string, ProcessInstance> found = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && IdOf(pid, exitDirectory) is { } id
                && ProcessStatus.TryRead(pid) is { IsZombie: false } status
                && IsLasting(status, found.GetValueOrDefault(id)))
            {
                found[id] = status.Identity;
            }
        }

        return found;
    }

    /// <summary>The conmon of one container; null when none runs.</summary>
    public static ProcessInstance? TryFind(MonitorPaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return TryReadRecorded(paths)
            ?? (FindAll(paths.ExitDirectory).TryGetValue(paths.Id, out ProcessInstance identity) ? identity : null);
    }

    /// <summary>
    /// Takes a container back after the engine was restarted; null when no conmon looks after it any more: then
    /// <see cref="MonitoredExit.TryRead"/> says how it ended, and if there is no exit file the container must be deleted
    /// by force, since its process may still run.
    /// </summary>
    public static MonitoredContainer? TryTakeBack(MonitorPaths paths)
    {
        if (TryFind(paths) is not { } identity || ProcessHandle.TryOpen(identity) is not { } monitor)
        {
            return null;
        }

        // conmon is the subreaper above the container, so the container's process is its child, or it is not this process.
        int pid = MonitorTraces.ReadPid(paths.PidFile);
        ProcessHandle? process = ProcessHandle.TryOpen(pid);
        if (process is not null && ProcessStatus.TryRead(pid)?.ParentPid != identity.Pid)
        {
            process.Dispose();
            process = null;
        }

        return new MonitoredContainer(paths, monitor, process);
    }

    /// <summary>
    /// Everything that runs to make one container: conmons that are not the lasting one yet, and the runtime's create with
    /// what it forks.
    /// </summary>
    internal static IReadOnlyList<ProcessInstance> FindCreating(MonitorPaths paths)
    {
        List<ProcessInstance> found = [];
        foreach (string path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && (IdOf(pid, paths.ExitDirectory) == paths.Id || IsCreate(pid, paths))
                && ProcessStatus.TryRead(pid) is { IsZombie: false } status)
            {
                found.Add(status.Identity);
            }
        }

        return found;
    }

    /// <summary>The conmon that the pid file names, if it is one and this container's.</summary>
    internal static ProcessInstance? TryReadRecorded(MonitorPaths paths)
    {
        int pid = MonitorTraces.ReadPid(paths.MonitorPidFile);
        return pid > 0 && IdOf(pid, paths.ExitDirectory) == paths.Id && ProcessStatus.TryRead(pid) is { IsZombie: false } status
            ? status.Identity
            : null;
    }

    /// <summary>
    /// For a moment several processes look like a container's conmon: the one that starts it, and the child that is about
    /// to become the runtime. The lasting one leads a session, and began last of those that do.
    /// </summary>
    private static bool IsLasting(ProcessStatus status, ProcessInstance known) =>
        status.SessionId == status.Identity.Pid
        && (status.Identity.StartTicks, status.Identity.Pid).CompareTo((known.StartTicks, known.Pid)) > 0;

    private static bool IsCreate(int pid, MonitorPaths paths) =>
        ProcessStatus.TryReadArguments(pid) is { } arguments
        && arguments.Contains("create", StringComparer.Ordinal)
        && ValueOf(arguments, "--pid-file") == paths.PidFile;

    private static string? IdOf(int pid, string exitDirectory)
    {
        IReadOnlyList<string>? arguments = ProcessStatus.TryReadArguments(pid);
        return arguments is { Count: > 0 } && Path.GetFileName(arguments[0]).StartsWith("conmon", StringComparison.Ordinal)
            && ValueOf(arguments, "--exit-dir") == exitDirectory
                ? ValueOf(arguments, "-c")
                : null;
    }

    private static string? ValueOf(IReadOnlyList<string> arguments, string option)
    {
        for (int i = 1; i + 1 < arguments.Count; i++)
        {
            if (arguments[i] == option)
            {
                return arguments[i + 1];
            }
        }

        return null;
    }
}
