using System.Runtime.InteropServices;

namespace Engine.Linux.Host;

/// <summary>What kind of machine this is.</summary>
/// <param name="KernelVersion">As uname -r says it.</param>
/// <param name="OperatingSystem">The distribution's full name, such as <c>Debian GNU/Linux 12 (bookworm)</c>.</param>
/// <param name="OperatingSystemId">Its short name, such as <c>debian</c>.</param>
/// <param name="OperatingSystemVersion">Its version, such as <c>12</c>; empty where there is none.</param>
/// <param name="Architecture">The machine's architecture as uname -m says it, such as <c>x86_64</c>.</param>
/// <param name="HostName">The machine's name.</param>
/// <param name="ProcessorCount">The processors that this process may use.</param>
/// <param name="MemoryBytes">The memory of the machine.</param>
/// <param name="SecurityModules">The active security modules, such as <c>apparmor</c>.</param>
/// <param name="HasSeccomp">The kernel can filter system calls.</param>
/// <param name="Namespaces">The kinds of namespace, such as <c>pid</c>, <c>net</c>, <c>cgroup</c>.</param>
public sealed record HostInformation(
    string KernelVersion,
    string OperatingSystem,
    string OperatingSystemId,
    string OperatingSystemVersion,
    string Architecture,
    string HostName,
    int ProcessorCount,
    long MemoryBytes,
    IReadOnlyList<string> SecurityModules,
    bool HasSeccomp,
    IReadOnlyList<string> Namespaces)
{
    /// <summary>Looks at this host.</summary>
    public static HostInformation Read()
    {
        IReadOnlyDictionary<string, string> release = OsRelease.Read();
        return new HostInformation(
            ReadLine("/proc/sys/kernel/osrelease"),
            release.GetValueOrDefault("PRETTY_NAME", release.GetValueOrDefault("NAME", "Linux")),
            release.GetValueOrDefault("ID", "linux"),
            release.GetValueOrDefault("VERSION_ID", ""),
            RuntimeInformation.OSArchitecture switch
            {
                System.Runtime.InteropServices.Architecture.X64 => "x86_64",
                System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
                var other => other.ToString().ToLowerInvariant(),
            },
            ReadLine("/proc/sys/kernel/hostname"),
            Environment.ProcessorCount,
            MemoryTotal(),
            ReadLine("/sys/kernel/security/lsm").Split(',', StringSplitOptions.RemoveEmptyEntries),
            File.Exists("/proc/sys/kernel/seccomp/actions_avail"),
            NamespaceKinds());
    }

    private static string[] NamespaceKinds() =>
        [.. Directory.EnumerateFileSystemEntries("/proc/self/ns").Select(Path.GetFileName).OfType<string>().Where(name => !name.Contains('_', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static long MemoryTotal()
    {
        const string Key = "MemTotal:";
        string? line = File.ReadLines("/proc/meminfo").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(Key.Length).TrimEnd("kB ").Trim(), System.Globalization.CultureInfo.InvariantCulture, out long kibibytes)
            ? kibibytes * 1024
            : 0;
    }

    private static string ReadLine(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";
}
