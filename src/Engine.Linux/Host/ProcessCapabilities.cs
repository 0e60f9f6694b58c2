using System.Globalization;

namespace Engine.Linux.Host;

/// <summary>The capabilities that this process has in effect (capabilities(7)).</summary>
public sealed class ProcessCapabilities
{
    // In the order of their numbers.
    private static readonly string[] s_names =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID",
        "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW",
        "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT",
        "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD",
        "CAP_LEASE", "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG",
        "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ];

    private ProcessCapabilities(ulong effective, ulong bounding)
    {
        Effective = NamesOf(effective);
        Bounding = NamesOf(bounding);
    }

    /// <summary>What the process may do now.</summary>
    public IReadOnlySet<string> Effective { get; }

    /// <summary>
    /// What it and its children can ever have: a capability that is missing here cannot be given to a container either,
    /// not even to a privileged one.
    /// </summary>
    public IReadOnlySet<string> Bounding { get; }

    /// <summary>Whether limits may be raised over their present maximum (setrlimit(2)).</summary>
    public bool CanRaiseLimits => Effective.Contains("CAP_SYS_RESOURCE");

    /// <summary>Reads them of this process.</summary>
    public static ProcessCapabilities Read() => Parse(File.ReadAllText("/proc/self/status"));

    internal static ProcessCapabilities Parse(string status) => new(MaskOf(status, "CapEff:"), MaskOf(status, "CapBnd:"));

    private static ulong MaskOf(string status, string key)
    {
        string? line = status.Split('\n').FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        return line is not null && ulong.TryParse(line.AsSpan(key.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong mask) ? mask : 0;
    }

    private static HashSet<string> NamesOf(ulong mask) => [.. s_names.Where((_, number) => (mask & (1UL << number)) != 0)];
}
