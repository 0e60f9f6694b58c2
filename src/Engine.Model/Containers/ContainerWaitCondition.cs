namespace Engine;

/// <summary>What a wait waits for.</summary>
public enum ContainerWaitCondition
{
    /// <summary>That the container does not run; at once for one that does not.</summary>
    NotRunning = 0,

    /// <summary>The next exit, also of a container that does not run yet.</summary>
    NextExit,

    /// <summary>That the container is gone.</summary>
    Removed,

    /// <summary>That the container runs; at once for one that does.</summary>
    Running,
}
