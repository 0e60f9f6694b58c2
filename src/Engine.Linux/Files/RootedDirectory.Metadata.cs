using Engine.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <content>Owner, mode, times. A symbolic link is never followed: what is changed is the entry itself.</content>
public sealed unsafe partial class RootedDirectory
{
    /// <summary>Sets the owner. Clears set-user-ID and set-group-ID of an executable file: set the mode afterwards.</summary>
    public void SetOwner(ReadOnlySpan<byte> path, uint userId, uint groupId)
    {
        int parent = ParentOrSelf(path, out ReadOnlySpan<byte> name);
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            if (fchownat(parent, n, userId, groupId, AT_SYMLINK_NOFOLLOW) != 0)
            {
                throw LinuxError.FromLast("fchownat", path);
            }
        }
    }

    /// <summary>Sets the permission bits, as given: the umask does not count.</summary>
    /// <exception cref="LinuxException">EOPNOTSUPP for a symbolic link, whose mode nothing looks at.</exception>
    public void SetMode(ReadOnlySpan<byte> path, uint mode)
    {
        int parent = ParentOrSelf(path, out ReadOnlySpan<byte> name);
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            // The C library asks fchmodat2(2), or goes through an O_PATH descriptor where the kernel lacks it: either way
            // a link that somebody put there meanwhile is not followed.
            if (fchmodat(parent, n, (ushort)(mode & FileModes.PermissionBits), AT_SYMLINK_NOFOLLOW) != 0)
            {
                throw LinuxError.FromLast("fchmodat", path);
            }
        }
    }

    /// <summary>Sets the times of access and modification, to the nanosecond if the file system keeps it.</summary>
    public void SetTimes(ReadOnlySpan<byte> path, FileTime access, FileTime modification)
    {
        int parent = ParentOrSelf(path, out ReadOnlySpan<byte> name);
        timespec* times = stackalloc timespec[2];
        times[0] = new timespec { tv_sec = access.Seconds, tv_nsec = access.Nanoseconds };
        times[1] = new timespec { tv_sec = modification.Seconds, tv_nsec = modification.Nanoseconds };
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            if (utimensat(parent, n, times, AT_SYMLINK_NOFOLLOW) != 0)
            {
                throw LinuxError.FromLast("utimensat", path);
            }
        }
    }

    /// <summary>The status of an entry; of a symbolic link, of the link itself.</summary>
    /// <exception cref="LinuxException">It is not there.</exception>
    public FileStatus GetStatus(ReadOnlySpan<byte> path) =>
        TryGetStatus(path, out FileStatus status) ? status : throw LinuxError.From(ENOENT, "statx", System.Text.Encoding.UTF8.GetString(path));

    /// <summary>The status of an entry, if there is one. A missing parent counts as not there.</summary>
    public bool TryGetStatus(ReadOnlySpan<byte> path, out FileStatus status)
    {
        int parent;
        ReadOnlySpan<byte> name;
        try
        {
            parent = ParentOrSelf(path, out name);
        }
        catch (LinuxException exception) when (exception.IsNotFound || exception.Errno == ENOTDIR)
        {
            status = default;
            return false;
        }

        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            return FileStatus.TryGet(parent, n, AT_SYMLINK_NOFOLLOW, out status)
                || (LinuxError.Last == ENOENT ? false : throw LinuxError.FromLast("statx", path));
        }
    }

    /// <summary>As <see cref="Parent"/>, but the root itself is an entry too: <c>.</c> in the root.</summary>
    private int ParentOrSelf(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> name)
    {
        if (RootedPath.Trim(path).IsEmpty)
        {
            ObjectDisposedException.ThrowIf(_root.IsClosed, this);
            name = "."u8;
            return _rootFd;
        }

        return Parent(path, out name);
    }
}
