using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>Shares and limits of block devices.</summary>
public sealed record LinuxBlockIO
{
    /// <summary>The weight against other containers: 10 to 1000.</summary>
    public ushort? Weight { get; init; }

    /// <summary>The weight against sub-groups (cgroup v1).</summary>
    public ushort? LeafWeight { get; init; }

    /// <summary>The weight at single devices.</summary>
    public IReadOnlyList<LinuxWeightDevice>? WeightDevice { get; init; }

    /// <summary>Bytes a second that are read.</summary>
    public IReadOnlyList<LinuxThrottleDevice>? ThrottleReadBpsDevice { get; init; }

    /// <summary>Bytes a second that are written.</summary>
    public IReadOnlyList<LinuxThrottleDevice>? ThrottleWriteBpsDevice { get; init; }

    /// <summary>Reads a second.</summary>
    [JsonPropertyName("throttleReadIOPSDevice")]
    public IReadOnlyList<LinuxThrottleDevice>? ThrottleReadIOPSDevice { get; init; }

    /// <summary>Writes a second.</summary>
    [JsonPropertyName("throttleWriteIOPSDevice")]
    public IReadOnlyList<LinuxThrottleDevice>? ThrottleWriteIOPSDevice { get; init; }
}
