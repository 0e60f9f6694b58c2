namespace Engine.Linux.Cgroups;

/// <summary>How a host's control groups are laid out (cgroups(7)).</summary>
public enum CgroupVersion
{
    /// <summary>None are mounted.</summary>
    None = 0,

    /// <summary>A hierarchy for each controller.</summary>
    V1,

    /// <summary>Controllers in hierarchies of their own, and an empty unified hierarchy beside them.</summary>
    Hybrid,

    /// <summary>One unified hierarchy.</summary>
    V2,
}
