namespace Engine.Core.Containers.Specification;

/// <summary>What a specification depends on that is the host's: read once, when the engine starts.</summary>
internal sealed record HostFacts
{
    /// <summary>The kernel's version, its first two numbers at least.</summary>
    public required Version Kernel { get; init; }

    /// <summary>The architecture by Go's names.</summary>
    public required string Architecture { get; init; }

    /// <summary>True where the controllers are on the unified hierarchy, cgroups(7) version 2.</summary>
    public required bool CgroupV2 { get; init; }

    /// <summary>How many processors there are.</summary>
    public required int Processors { get; init; }

    /// <summary>The capabilities in the engine's bounding set: more cannot be given to a container.</summary>
    public required IReadOnlySet<string> Capabilities { get; init; }

    /// <summary>The engine's own OOM score adjustment: without CAP_SYS_RESOURCE it can only be raised (proc(5)).</summary>
    public required int OomScoreAdjust { get; init; }

    /// <summary>True when the engine may set limits above its own hard ones (capabilities(7), CAP_SYS_RESOURCE).</summary>
    public bool MayRaiseLimits => Capabilities.Contains("CAP_SYS_RESOURCE");
}
