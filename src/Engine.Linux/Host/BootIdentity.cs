namespace Engine.Linux.Host;

/// <summary>Tells one boot of the machine from the next: after another boot no process, mount or cgroup of before is left.</summary>
public static class BootIdentity
{
    /// <summary>The kernel's random number of this boot, as a UUID.</summary>
    public static string Read() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>When the machine started, to the second.</summary>
    public static DateTimeOffset StartedAt()
    {
        string line = File.ReadLines("/proc/stat").First(l => l.StartsWith("btime ", StringComparison.Ordinal));
        return DateTimeOffset.FromUnixTimeSeconds(long.Parse(line.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture));
    }
}
