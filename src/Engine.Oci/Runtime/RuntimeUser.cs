namespace Engine.Oci.Runtime;

/// <summary>
/// Whom a process runs as, in numbers of the container's user namespace (runtime-spec, config.md, "User").
/// </summary>
public sealed record RuntimeUser
{
    /// <summary>The user.</summary>
    public uint Uid { get; init; }

    /// <summary>The group.</summary>
    public uint Gid { get; init; }

    /// <summary>The file mode creation mask.</summary>
    public uint? Umask { get; init; }

    /// <summary>The supplementary groups.</summary>
    public IReadOnlyList<uint>? AdditionalGids { get; init; }
}
