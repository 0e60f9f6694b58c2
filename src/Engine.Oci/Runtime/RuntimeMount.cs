namespace Engine.Oci.Runtime;

/// <summary>A mount in a container (runtime-spec, config.md, "Mounts").</summary>
public sealed record RuntimeMount
{
    /// <summary>Where, as an absolute path in the container.</summary>
    public required string Destination { get; init; }

    /// <summary>The file system's type; <c>bind</c> with the options bind or rbind.</summary>
    public string? Type { get; init; }

    /// <summary>What: a device, a directory of the host, a name.</summary>
    public string? Source { get; init; }

    /// <summary>Options as for mount(8).</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>How the file system's users are shown.</summary>
    public IReadOnlyList<LinuxIdMapping>? UidMappings { get; init; }

    /// <summary>How the file system's groups are shown.</summary>
    public IReadOnlyList<LinuxIdMapping>? GidMappings { get; init; }
}
