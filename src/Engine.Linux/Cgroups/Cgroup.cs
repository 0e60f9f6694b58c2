using System.Globalization;
using Engine.Linux.Processes;

namespace Engine.Linux.Cgroups;

/// <summary>
/// A control group by its path below the hierarchies' roots. On a v1 or hybrid host it is a directory in each hierarchy.
/// </summary>
public sealed class Cgroup
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(2);

    /// <summary>Names a group; it need not be there.</summary>
    /// <param name="hierarchy">The host's hierarchies.</param>
    /// <param name="path">The path below the roots, such as <c>/engine/0123abcd</c>; never a root itself.</param>
    public Cgroup(CgroupHierarchy hierarchy, string path)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        string[] parts = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts.Any(part => part is "." or ".." || part.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException($"'{path}' is no path of a control group below a root.", nameof(path));
        }

        Hierarchy = hierarchy;
        Path = "/" + string.Join('/', parts);
    }

    /// <summary>The host's hierarchies.</summary>
    public CgroupHierarchy Hierarchy { get; }

    /// <summary>The path below the roots.</summary>
    public string Path { get; }

    /// <summary>Whether it is there in any hierarchy.</summary>
    public bool Exists => Directories.Any();

    /// <summary>The group's directory in the hierarchy of a controller; null when either is not there.</summary>
    public string? DirectoryOf(string controller) =>
        Hierarchy.RootOf(controller) is { } root && Directory.Exists(root + Path) ? root + Path : null;

    /// <summary>The numbers of the processes in it and in all groups below it.</summary>
    public IReadOnlyCollection<int> GetProcesses()
    {
        HashSet<int> pids = [];
        foreach (string directory in Directories.SelectMany(WithDescendants))
        {
            foreach (string line in CgroupFile.ReadLines(directory, "cgroup.procs"))
            {
                if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid > 0)
                {
                    pids.Add(pid);
                }
            }
        }

        return pids;
    }

    /// <summary>
    /// Kills every process in it, until none is left: with cgroup.kill where the kernel has it (Linux 5.14, v2), else one
    /// by one and again, since processes fork.
    /// </summary>
    /// <exception cref="EngineException">Some are still there after <paramref name="timeout"/> (StopTimedOut).</exception>
    public async Task KillAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        bool killed = Hierarchy.Version == CgroupVersion.V2 && CgroupFile.TryWrite(Hierarchy.UnifiedRoot + Path, "cgroup.kill", "1");
        while (GetProcesses() is { Count: > 0 } pids)
        {
            if (!killed)
            {
                foreach (int pid in pids)
                {
                    using ProcessHandle? process = ProcessHandle.TryOpen(pid);
                    process?.Send(Signal.Kill);
                }

                Freezer.ThawQuietly(this);
            }

            if (Environment.TickCount64 > deadline)
            {
                throw new EngineException(
                    EngineErrorCode.Timeout, EngineErrorReason.StopTimedOut,
                    $"{pids.Count} processes of the control group '{Path}' are still there, {timeout.TotalSeconds:0.#} s after they were killed.", Path);
            }

            await Task.Delay(s_poll, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes it and all groups below it from every hierarchy. They must be empty: <see cref="KillAsync"/> first. A group
    /// that still has a process is left, and is an error (EBUSY).
    /// </summary>
    public void Remove()
    {
        foreach (string directory in Directories.SelectMany(WithDescendants).OrderByDescending(d => d.Length))
        {
            CgroupFile.RemoveDirectory(directory);
        }
    }

    /// <summary>How often the kernel killed a process of it for want of memory; 0 when that cannot be told.</summary>
    public long GetOutOfMemoryKills()
    {
        // v1: "oom_kill N" in memory.oom_control (Linux 4.13); v2: in memory.events. The last counts descendants too.
        string file = Hierarchy.Version == CgroupVersion.V2 ? "memory.events" : "memory.oom_control";
        return DirectoryOf("memory") is { } directory ? CgroupFile.ReadKey(directory, file, "oom_kill") ?? 0 : 0;
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    private IEnumerable<string> Directories => Hierarchy.Roots.Select(root => root + Path).Where(Directory.Exists);

    private static IEnumerable<string> WithDescendants(string directory)
    {
        List<string> found = [directory];
        for (int i = 0; i < found.Count; i++)
        {
            try
            {
                found.AddRange(Directory.GetDirectories(found[i]));
            }
            catch (DirectoryNotFoundException)
            {
                // Removed by somebody else meanwhile: then nothing is in it either.
            }
        }

        return found;
    }
}
