using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>The root file system of a container (runtime-spec, config.md, "Root").</summary>
public sealed record RuntimeRoot
{
    /// <summary>The directory, absolute or relative to the bundle.</summary>
    public required string Path { get; init; }

    /// <summary>Whether the container may not write to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Readonly { get; init; }
}
