namespace Engine;

/// <summary>How mounts made later below a bind mount travel between host and container (mount_namespaces(7)).</summary>
public enum MountPropagation
{
    /// <summary>Nothing travels, for the mount and those below it.</summary>
    RecursivePrivate = 0,

    /// <summary>Nothing travels.</summary>
    Private,

    /// <summary>Mounts of the host appear in the container.</summary>
    Slave,

    /// <summary>Mounts of the host appear in the container, also for the mounts below.</summary>
    RecursiveSlave,

    /// <summary>Mounts travel both ways.</summary>
    Shared,

    /// <summary>Mounts travel both ways, also for the mounts below.</summary>
    RecursiveShared,
}
