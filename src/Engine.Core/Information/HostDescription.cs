using System.Globalization;

namespace Engine.Core.Information;

/// <summary>What a person wants to know of the host, from the files in which it says so.</summary>
internal static class HostDescription
{
    /// <summary>The kernel's release (uname(2)).</summary>
    public static string Kernel() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    /// <summary>The distribution's name for people (os-release(5), PRETTY_NAME), or "Linux".</summary>
    public static string OperatingSystem()
    {
        const string key = "PRETTY_NAME=";
        foreach (var path in (string[])["/etc/os-release", "/usr/lib/os-release"])
        {
            if (File.Exists(path)
                && File.ReadLines(path).FirstOrDefault(static line => line.StartsWith(key, StringComparison.Ordinal)) is { } line)
            {
                return line[key.Length..].Trim('"', '\'');
            }
        }

        return "Linux";
    }

    /// <summary>The memory in bytes (proc(5), MemTotal is in KiB).</summary>
    public static long Memory()
    {
        const string key = "MemTotal:";
        var line = File.ReadLines("/proc/meminfo").First(static line => line.StartsWith(key, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(key.Length).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
    }
}
