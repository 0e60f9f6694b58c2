namespace Engine.Integration.Tests.Harness;

/// <summary>Reads a container's cgroup on the host, whichever version the host has.</summary>
internal static class Cgroup
{
    /// <summary>The mount points of all hierarchies: one on cgroup v2, one a set of controllers on v1.</summary>
    public static IReadOnlyList<string> Hierarchies { get; } =
        [.. File.ReadLines("/proc/self/mountinfo")
            .Where(static line => line.Contains(" - cgroup", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[4])
            .Distinct()];

    /// <summary>True when the controllers are on the unified hierarchy.</summary>
    public static bool IsUnified { get; } = File.Exists("/sys/fs/cgroup/cgroup.controllers");

    /// <summary>
    /// The content of a file of a process' cgroup, by its names in both versions; null when there is none.
    /// </summary>
    public static string? Read(int pid, string controller, string fileOfV1, string fileOfV2)
    {
        string path = Path.Combine(Directory(pid, controller), IsUnified ? fileOfV2 : fileOfV1);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    /// <summary>The directory of a process' cgroup.</summary>
    public static string Directory(int pid, string controller)
    {
        foreach (string line in File.ReadLines($"/proc/{pid}/cgroup"))
        {
            string[] parts = line.Split(':', 3);
            if (IsUnified ? parts[0] == "0" : parts[1].Split(',').Contains(controller))
            {
                return IsUnified ? "/sys/fs/cgroup" + parts[2] : MountPointOf(controller) + parts[2];
            }
        }

        throw new InvalidOperationException($"Process {pid} has no cgroup of '{controller}'.");
    }

    /// <summary>All cgroups below a directory.</summary>
    public static IEnumerable<string> Below(string directory)
    {
        string[] children;
        try
        {
            children = System.IO.Directory.GetDirectories(directory);
        }
        catch (IOException)
        {
            // It went away meanwhile.
            yield break;
        }

        foreach (string child in children)
        {
            yield return child;
            foreach (string deeper in Below(child))
            {
                yield return deeper;
            }
        }
    }

    private static string MountPointOf(string controller) =>
        File.ReadLines("/proc/self/mountinfo")
            .Select(static line => line.Split(" - "))
            .First(halves => halves[1].StartsWith("cgroup ", StringComparison.Ordinal)
                && halves[1].Split(' ')[2].Split(',').Contains(controller))[0].Split(' ')[4];
}
