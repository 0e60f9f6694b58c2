using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>
/// The limits of a container's cgroup. What is null is left as it is. The runtime's update command reads this same
/// form.
/// </summary>
public sealed record LinuxResources
{
    /// <summary>The devices that may be used, in order; the last rule that matches counts.</summary>
    public IReadOnlyList<LinuxDeviceRule>? Devices { get; init; }

    /// <summary>Memory.</summary>
    public LinuxMemory? Memory { get; init; }

    /// <summary>Processors.</summary>
    public LinuxCpu? Cpu { get; init; }

    /// <summary>Processes.</summary>
    public LinuxPids? Pids { get; init; }

    /// <summary>Block devices.</summary>
    [JsonPropertyName("blockIO")]
    public LinuxBlockIO? BlockIO { get; init; }

    /// <summary>Huge pages.</summary>
    public IReadOnlyList<LinuxHugepageLimit>? HugepageLimits { get; init; }

    /// <summary>Files of cgroup v2 and what is written to them.</summary>
    public IReadOnlyDictionary<string, string>? Unified { get; init; }
}
