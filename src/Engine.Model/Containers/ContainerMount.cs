namespace Engine;

/// <summary>A mount in a container, beside its root file system and the kernel's own file systems.</summary>
public sealed record ContainerMount
{
    /// <summary>Where the content comes from.</summary>
    public required ContainerMountType Type { get; init; }

    /// <summary>The absolute path on the engine's host; null for a tmpfs.</summary>
    public string? Source { get; init; }

    /// <summary>The absolute path in the container; not <c>/</c>.</summary>
    public required string Target { get; init; }

    /// <summary>True when the container cannot write to it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How later mounts travel. For bind mounts.</summary>
    public MountPropagation Propagation { get; init; }

    /// <summary>True when mounts below the source are left out. For bind mounts.</summary>
    public bool NonRecursive { get; init; }

    /// <summary>
    /// True when a source that is not there is made as a directory (Docker's <c>-v</c>); false when it is an error
    /// (Docker's <c>--mount</c>). For bind mounts.
    /// </summary>
    public bool CreateSource { get; init; }

    /// <summary>The most bytes it may hold; null for the kernel's default, half of the memory. For a tmpfs.</summary>
    public long? TmpfsSize { get; init; }

    /// <summary>The permissions of its root, as the low 12 bits of a mode; null for 1777 octal. For a tmpfs.</summary>
    public int? TmpfsMode { get; init; }

    /// <summary>Further mount options (tmpfs(5)), such as <c>exec</c> or <c>uid=1000</c>. For a tmpfs.</summary>
    public IReadOnlyList<string> TmpfsOptions { get; init; } = [];
}
