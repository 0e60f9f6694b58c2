namespace Engine.Oci.Runtime;

/// <summary>A weight at one block device.</summary>
public sealed record LinuxWeightDevice
{
    /// <summary>The major number.</summary>
    public long Major { get; init; }

    /// <summary>The minor number.</summary>
    public long Minor { get; init; }

    /// <summary>10 to 1000.</summary>
    public ushort? Weight { get; init; }

    /// <summary>10 to 1000, against sub-groups (cgroup v1).</summary>
    public ushort? LeafWeight { get; init; }
}
