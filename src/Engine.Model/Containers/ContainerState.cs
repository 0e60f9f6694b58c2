namespace Engine;

/// <summary>Where a container is in its life. The values and their meaning are Docker's.</summary>
public enum ContainerState
{
    /// <summary>Made, and never started; or its first start failed.</summary>
    Created = 0,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its processes are frozen.</summary>
    Paused,

    /// <summary>It ended, and its restart policy is about to start it again.</summary>
    Restarting,

    /// <summary>It is being removed.</summary>
    Removing,

    /// <summary>Its process has ended.</summary>
    Exited,

    /// <summary>A removal failed half-way. It can only be removed.</summary>
    Dead,
}
