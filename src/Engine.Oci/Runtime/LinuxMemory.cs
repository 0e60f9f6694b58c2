using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>Limits of memory, in bytes; -1 is none.</summary>
public sealed record LinuxMemory
{
    /// <summary>The memory that can be used.</summary>
    public long? Limit { get; init; }

    /// <summary>The memory that is kept when memory is short.</summary>
    public long? Reservation { get; init; }

    /// <summary>Memory and swap together.</summary>
    public long? Swap { get; init; }

    /// <summary>Kernel memory (cgroup v1, obsolete).</summary>
    public long? Kernel { get; init; }

    /// <summary>From 0 to 100 (cgroup v1).</summary>
    public ulong? Swappiness { get; init; }

    /// <summary>Whether processes wait instead of being killed (cgroup v1).</summary>
    [JsonPropertyName("disableOOMKiller")]
    public bool? DisableOOMKiller { get; init; }

    /// <summary>Whether a limit below what is used is refused instead of killing processes.</summary>
    public bool? CheckBeforeUpdate { get; init; }
}
