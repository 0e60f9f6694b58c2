using System.Globalization;

namespace Engine.Integration.Tests.Harness;

/// <summary>
/// Looks in the kernel for what an engine or a container should have taken away. A mark is a word that only its things
/// carry: a container's id, an engine's directory.
/// </summary>
internal static class Leftovers
{
    /// <summary>What is still there after the kernel has had time to finish; empty when all is well.</summary>
    public static async Task<IReadOnlyList<string>> UntilGoneAsync(
        IReadOnlyList<string> marks, string? dataRoot = null, string? execRoot = null)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            List<string> found = [.. Find(marks), .. Directories(dataRoot, execRoot)];
            if (found.Count == 0 || TimeProvider.System.GetElapsedTime(started) > Limit.Settle)
            {
                return found;
            }

            await Task.Delay(10);
        }
    }

    public static IEnumerable<string> Find(IReadOnlyList<string> marks) =>
        [.. Mounts(marks).Select(m => $"mount {m}"), .. Cgroups(marks).Select(c => $"cgroup {c}"),
            .. Processes(marks).Select(p => p.Text)];

    /// <summary>Takes away by force what is still there.</summary>
    public static async Task DestroyAsync(IReadOnlyList<string> marks)
    {
        foreach (var (pid, _) in Processes(marks))
        {
            Kernel.Kill(pid, Kernel.SIGKILL);
        }

        await Task.WhenAny(
            Limit.UntilAsync(() => !Processes(marks).Any(), Limit.Settle, () => "", CancellationToken.None));
        foreach (string mount in Mounts(marks).Reverse())
        {
            Kernel.Unmount(mount);
        }

        foreach (string cgroup in Cgroups(marks).OrderByDescending(c => c.Length))
        {
            try
            {
                Directory.Delete(cgroup);
            }
            catch (IOException)
            {
                // Busy: the test has already failed for it.
            }
        }
    }

    private static IEnumerable<string> Directories(string? dataRoot, string? execRoot)
    {
        foreach (string directory in (string[])
            [.. Below(dataRoot, "containers"), .. Below(dataRoot, "ingest"), .. Below(execRoot, "exits"),
                .. Below(execRoot, "monitors")])
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(directory))
            {
                yield return $"file {entry}";
            }
        }
    }

    private static string[] Below(string? root, string name) =>
        root is not null && Directory.Exists(Path.Combine(root, name)) ? [Path.Combine(root, name)] : [];

    private static string[] Mounts(IReadOnlyList<string> marks) =>
        [.. File.ReadLines("/proc/self/mountinfo")
            .Select(static line => line.Split(' ')[4])
            .Where(point => Carries(point, marks))];

    private static IEnumerable<string> Cgroups(IReadOnlyList<string> marks)
    {
        foreach (string hierarchy in Cgroup.Hierarchies)
        {
            foreach (string directory in Cgroup.Below(hierarchy))
            {
                if (Carries(directory, marks))
                {
                    yield return directory;
                }
            }
        }
    }

    private static IEnumerable<(int Pid, string Text)> Processes(IReadOnlyList<string> marks)
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out int pid)
                || pid == Environment.ProcessId)
            {
                continue;
            }

            string commandLine, cgroup;
            try
            {
                commandLine = File.ReadAllText($"{directory}/cmdline").Replace('\0', ' ');
                cgroup = File.ReadAllText($"{directory}/cgroup");
            }
            catch (IOException)
            {
                // It has ended meanwhile.
                continue;
            }

            if (Carries(commandLine, marks) || Carries(cgroup, marks))
            {
                string group = cgroup.Split('\n').FirstOrDefault(line => Carries(line, marks)) ?? "";
                yield return (pid, $"process {pid} {commandLine} {group}");
            }
        }
    }

    private static bool Carries(string text, IReadOnlyList<string> marks) =>
        marks.Any(mark => text.Contains(mark, StringComparison.Ordinal));
}
