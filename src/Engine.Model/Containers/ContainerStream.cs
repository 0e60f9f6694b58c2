namespace Engine;

/// <summary>One of a process's two output streams.</summary>
public enum ContainerStream
{
    /// <summary>Standard output.</summary>
    Output = 1,

    /// <summary>Standard error.</summary>
    Error = 2,
}
