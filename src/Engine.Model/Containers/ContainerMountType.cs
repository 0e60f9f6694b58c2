namespace Engine;

/// <summary>Where a mount's content comes from.</summary>
public enum ContainerMountType
{
    /// <summary>A file or directory of the host.</summary>
    Bind = 0,

    /// <summary>An empty file system in memory.</summary>
    Tmpfs,
}
