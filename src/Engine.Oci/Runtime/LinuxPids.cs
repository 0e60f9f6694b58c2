namespace Engine.Oci.Runtime;

/// <summary>The limit of processes and threads.</summary>
public sealed record LinuxPids
{
    /// <summary>How many; -1 is no limit.</summary>
    public long Limit { get; init; }
}
