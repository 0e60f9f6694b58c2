namespace Engine.Oci.Runtime;

/// <summary>
/// A bundle's config.json: all that a runtime is told about a container (runtime-spec, config.md). What is null is not
/// written.
/// </summary>
public sealed record RuntimeSpec
{
    /// <summary>The version of the specification that the document keeps to: <c>1.0.2</c>.</summary>
    public required string OciVersion { get; init; }

    /// <summary>The root file system.</summary>
    public RuntimeRoot? Root { get; init; }

    /// <summary>The first process.</summary>
    public RuntimeProcess? Process { get; init; }

    /// <summary>The host name; needs a uts namespace of its own.</summary>
    public string? Hostname { get; init; }

    /// <summary>The NIS domain name; needs a uts namespace of its own.</summary>
    public string? Domainname { get; init; }

    /// <summary>The mounts, in the order in which they are made.</summary>
    public IReadOnlyList<RuntimeMount>? Mounts { get; init; }

    /// <summary>Programs that run at the turns of the container's life.</summary>
    public RuntimeHooks? Hooks { get; init; }

    /// <summary>Free keys and values.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>What only Linux has.</summary>
    public LinuxSpec? Linux { get; init; }
}
