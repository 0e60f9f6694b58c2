namespace Engine.Oci.Runtime;

/// <summary>What only Linux has (runtime-spec, config-linux.md).</summary>
public sealed record LinuxSpec
{
    /// <summary>How users of the user namespace map to the host's.</summary>
    public IReadOnlyList<LinuxIdMapping>? UidMappings { get; init; }

    /// <summary>How groups of the user namespace map to the host's.</summary>
    public IReadOnlyList<LinuxIdMapping>? GidMappings { get; init; }

    /// <summary>Kernel parameters of the container's namespaces.</summary>
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    /// <summary>The limits of the cgroup.</summary>
    public LinuxResources? Resources { get; init; }

    /// <summary>The cgroup: a path, or <c>slice:prefix:name</c> with the systemd manager.</summary>
    public string? CgroupsPath { get; init; }

    /// <summary>The namespaces that are made or joined; what is not listed is the runtime's own.</summary>
    public IReadOnlyList<LinuxNamespace>? Namespaces { get; init; }

    /// <summary>Device nodes that are made in /dev, beside the usual ones.</summary>
    public IReadOnlyList<LinuxDevice>? Devices { get; init; }

    /// <summary>The system call filter.</summary>
    public LinuxSeccomp? Seccomp { get; init; }

    /// <summary>How mounts propagate: <c>private</c>, <c>rslave</c>, <c>rshared</c> …</summary>
    public string? RootfsPropagation { get; init; }

    /// <summary>Paths that cannot be read.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Paths that cannot be written.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>The SELinux label of the mounts.</summary>
    public string? MountLabel { get; init; }
}
