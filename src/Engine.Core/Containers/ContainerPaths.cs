using Engine.Linux.Runtime;

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

    /// <summary>The tmpfs that is /dev/shm of a container whose IPC namespace others may share.</summary>
    public static string SharedMemory(EngineDirectories directories, string id) => Path.Combine(Bundle(directories, id), "shm");

    /// <summary>The monitor's log of the container's output.</summary>
    public static string Log(EngineDirectories directories, string id) => Path.Combine(Bundle(directories, id), "output.log");

    /// <summary>What the monitor leaves in the exec root: a reboot makes it meaningless, and takes it away.</summary>
    public static MonitorPaths Monitor(EngineDirectories directories, string id) =>
        new(id, Path.Combine(directories.Monitors, id), directories.Exits);
}
