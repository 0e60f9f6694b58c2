using Engine.Linux.Files;
using Engine.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Mounts;

/// <summary>A place where something is mounted.</summary>
public static unsafe class MountPoint
{
    private const int NoFollow = 8;

    /// <summary>
    /// Whether something is mounted exactly there. Costs one statx(2); <see cref="MountTable"/> is for many at once.
    /// False for a path that is not there.
    /// </summary>
    public static bool IsMounted(string path) => FileStatus.Read(path) is { IsMountRoot: true };

    /// <summary>
    /// Unmounts what is mounted last at a place; false when nothing is. A symbolic link there is not followed.
    /// </summary>
    /// <param name="path">The mount point.</param>
    /// <param name="detach">
    /// Take it out of sight at once, with all below it, and let it end when the last user closes it (MNT_DETACH).
    /// </param>
    /// <exception cref="LinuxException">It is in use (EBUSY), only without <paramref name="detach"/>.</exception>
    public static bool Unmount(string path, bool detach = false)
    {
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            return umount2(name, NoFollow | (detach ? MNT_DETACH : 0)) == 0
                || (LinuxError.Last == EINVAL || LinuxError.Last == ENOENT
                    ? false
                    : throw MountCall.Failure(LinuxError.Last, "umount2", path, null));
        }
    }

    /// <summary>Unmounts everything at and below a place, the deepest first, however often it is mounted over.</summary>
    /// <returns>How many mounts were taken away.</returns>
    public static int UnmountTree(string path)
    {
        int count = 0;
        foreach (MountEntry mount in MountTable.Read().Under(path).Reverse())
        {
            count += Unmount(mount.MountPoint, detach: true) ? 1 : 0;
        }

        return count;
    }
}
