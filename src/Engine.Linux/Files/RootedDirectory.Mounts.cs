using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <content>Looking below mounts.</content>
public sealed unsafe partial class RootedDirectory
{
    private const nint CloneTree = 1;

    /// <summary>
    /// Opens a directory as its own file system has it: what is mounted below it is not seen. The mount that it is on is
    /// copied (open_tree(2), OPEN_TREE_CLONE), has no place in the tree, and is gone with this object or the process;
    /// the directory can be unmounted meanwhile.
    /// </summary>
    /// <param name="path">The engine's own path to the directory.</param>
    /// <param name="resolution">What is done with symbolic links below it.</param>
    /// <exception cref="LinuxException">It is not there, is no directory, or this process may not mount.</exception>
    public static RootedDirectory OpenWithoutMounts(string path, LinkResolution resolution = LinkResolution.InRoot)
    {
        nint fd;
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            fd = Syscall.Invoke(Syscall.OpenTree, AT_FDCWD, (nint)name, CloneTree | O_CLOEXEC);
        }

        return fd < 0
            ? throw LinuxError.FromLast("open_tree", path)
            : new RootedDirectory(new SafeFileHandle(fd, ownsHandle: true), resolution);
    }
}
