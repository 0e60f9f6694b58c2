namespace Engine;

/// <summary>Limits of a container's cgroup. Null means no limit, or the kernel's default.</summary>
public sealed record ContainerResources
{
    /// <summary>The most memory, in bytes; at least 6 MiB.</summary>
    public long? Memory { get; init; }

    /// <summary>The memory, in bytes, that the kernel tries to leave to the container under pressure.</summary>
    public long? MemoryReservation { get; init; }

    /// <summary>Memory and swap together, in bytes; -1 for no limit. Null with a memory limit: twice that limit.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>The most processor time, in billionths of a processor: 1.5 processors are 1,500,000,000.</summary>
    public long? NanoCpus { get; init; }

    /// <summary>The relative weight under contention; 1024 is the kernel's default, 2 the least.</summary>
    public long? CpuShares { get; init; }

    /// <summary>The length of a CFS period in microseconds, 1,000 to 1,000,000.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>The microseconds of processor time in each period, at least 1,000; -1 for no limit.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>The processors that may be used, as in <c>0-2,4</c>.</summary>
    public string? CpuSet { get; init; }

    /// <summary>The memory nodes that may be used, as in <c>0,1</c>.</summary>
    public string? MemorySet { get; init; }

    /// <summary>The most processes and threads; -1 or 0 for no limit.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>The limits that are set, as <c>Name=value</c>; empty when none is.</summary>
    public override string ToString()
    {
        (string Name, object? Value)[] limits =
        [
            (nameof(Memory), Memory), (nameof(MemoryReservation), MemoryReservation), (nameof(MemorySwap), MemorySwap),
            (nameof(NanoCpus), NanoCpus), (nameof(CpuShares), CpuShares), (nameof(CpuPeriod), CpuPeriod),
            (nameof(CpuQuota), CpuQuota), (nameof(CpuSet), CpuSet), (nameof(MemorySet), MemorySet), (nameof(PidsLimit), PidsLimit),
        ];
        return string.Join(
            ' ',
            limits.Where(static limit => limit.Value is not null)
                .Select(static limit => FormattableString.Invariant($"{limit.Name}={limit.Value}")));
    }
}
