namespace Engine.Oci.Runtime;

/// <summary>Shares and limits of processor time.</summary>
public sealed record LinuxCpu
{
    /// <summary>The weight against other containers: 2 to 262144, 1024 is usual.</summary>
    public ulong? Shares { get; init; }

    /// <summary>Microseconds in each period; -1 is no limit.</summary>
    public long? Quota { get; init; }

    /// <summary>Microseconds: 1000 to 1000000.</summary>
    public ulong? Period { get; init; }

    /// <summary>Microseconds that can be saved up.</summary>
    public ulong? Burst { get; init; }

    /// <summary>Microseconds of real-time scheduling in each period (cgroup v1).</summary>
    public long? RealtimeRuntime { get; init; }

    /// <summary>Microseconds (cgroup v1).</summary>
    public ulong? RealtimePeriod { get; init; }

    /// <summary>The processors, as <c>0-3,7</c>.</summary>
    public string? Cpus { get; init; }

    /// <summary>The memory nodes, as <c>0-1</c>.</summary>
    public string? Mems { get; init; }

    /// <summary>1 for scheduling when nothing else runs.</summary>
    public long? Idle { get; init; }
}
