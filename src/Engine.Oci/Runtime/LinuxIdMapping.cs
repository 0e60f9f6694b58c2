using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>A range of user or group ids of a user namespace.</summary>
public sealed record LinuxIdMapping
{
    /// <summary>The first id in the container.</summary>
    [JsonPropertyName("containerID")]
    public uint ContainerID { get; init; }

    /// <summary>The first id on the host.</summary>
    [JsonPropertyName("hostID")]
    public uint HostID { get; init; }

    /// <summary>How many.</summary>
    public uint Size { get; init; }
}
