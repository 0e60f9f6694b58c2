using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Mounts;

/// <summary>Makes a directory or file appear at a second place.</summary>
public static unsafe class BindMount
{
    private const nint CloneTree = 1;
    private const int RecursiveFlag = 0x8000;

    /// <summary>Binds. The restrictions hold from the moment it appears: it is made detached, restricted, then attached.</summary>
    /// <param name="source">What to show.</param>
    /// <param name="target">Where; a directory for a directory, a file for a file.</param>
    /// <param name="attributes">Restrictions of the new place; with <paramref name="recursive"/> of all mounts in it (Linux 5.12).</param>
    /// <param name="recursive">Bind the mounts below the source too.</param>
    public static void Attach(string source, string target, MountAttributes attributes = MountAttributes.None, bool recursive = false)
    {
        int deep = recursive ? RecursiveFlag : 0;
        nint fd;
        fixed (byte* from = Utf8Path.Terminated(source))
        {
            fd = Syscall.Invoke(Syscall.OpenTree, AT_FDCWD, (nint)from, CloneTree | O_CLOEXEC | deep);
        }

        if (fd < 0)
        {
            throw MountCall.Failure(LinuxError.Last, "open_tree", source, null);
        }

        using SafeFileHandle tree = new(fd, ownsHandle: true);
        if (attributes != MountAttributes.None)
        {
            // struct mount_attr: attr_set, attr_clr, propagation, userns_fd, each 64 bits.
            ulong* change = stackalloc ulong[4] { (ulong)attributes, 0, 0, 0 };
            fixed (byte* empty = "\0"u8)
            {
                if (Syscall.Invoke(Syscall.MountSetAttr, fd, (nint)empty, AT_EMPTY_PATH | deep, (nint)change, 32) != 0)
                {
                    throw MountCall.Failure(LinuxError.Last, "mount_setattr", source, null);
                }
            }
        }

        FileSystemContext.MoveTo(tree, target);
    }
}
