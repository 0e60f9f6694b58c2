namespace Engine.Core.Containers;

/// <summary>Where the things of one container lie.</summary>
internal static class ContainerPaths
{
    /// <summary>The container's own directory, which is also its OCI bundle.</summary>
    public static string Bundle(EngineDirectories directories, string id) => Path.Combine(directories.Containers, id);

    /// <summary>The mount point of the root file system.</summary>
    public static string RootFileSystem(EngineDirectories directories, string id) =>
        Path.Combine(Bundle(directories, id), "rootfs");

    /// <summary>What the container wrote: the overlay's upper directory.</summary>
    public static string Upper(EngineDirectories directories, string id) => Path.Combine(Bundle(directories, id), "upper");

    /// <summary>The overlay's work directory.</summary>
    public static string Work(EngineDirectories directories, string id) => Path.Combine(Bundle(directories, id), "work");

    /// <summary>The monitor's log of the container's output.</summary>
    public static string Log(EngineDirectories directories, string id) => Path.Combine(Bundle(directories, id), "output.log");

    /// <summary>The file in which the monitor leaves the exit code.</summary>
    public static string Exit(EngineDirectories directories, string id) => Path.Combine(directories.Exits, id);

    /// <summary>Process ids, in the exec root: a reboot makes them meaningless, and takes them away.</summary>
    public static string Pids(EngineDirectories directories, string id) => Path.Combine(directories.Pids, id);
}
