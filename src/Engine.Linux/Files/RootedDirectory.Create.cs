using System.Text;
using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <content>Making entries. Each one fails with EEXIST when the name is taken: nothing is ever opened through a link.</content>
public sealed unsafe partial class RootedDirectory
{
    /// <summary>Makes a regular file that was not there, open for reading and writing.</summary>
    /// <param name="path">Where; the parent must be there.</param>
    /// <param name="mode">
    /// The permission bits, less the process' umask. Set the final ones with <see cref="FileHandleExtensions.SetMode"/>
    /// after the owner: chown(2) clears set-user-ID and set-group-ID.
    /// </param>
    /// <exception cref="LinuxException">The name is taken, or the parent is not there.</exception>
    public SafeFileHandle CreateFile(ReadOnlySpan<byte> path, uint mode = 0x180 /* 0600 */)
    {
        int parent = Parent(path, out ReadOnlySpan<byte> name);
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            int fd = openat(parent, n, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (ushort)(mode & FileModes.PermissionBits));
            return fd < 0 ? throw LinuxError.FromLast("openat", path) : new SafeFileHandle(fd, ownsHandle: true);
        }
    }

    /// <summary>Makes a directory that was not there.</summary>
    /// <exception cref="LinuxException">The name is taken, or the parent is not there.</exception>
    public void CreateDirectory(ReadOnlySpan<byte> path, uint mode = 0x1ED /* 0755 */)
    {
        if (!TryCreateDirectory(path, mode))
        {
            throw LinuxError.From(EEXIST, "mkdirat", Encoding.UTF8.GetString(path));
        }
    }

    /// <summary>Makes a directory; false when the name is taken, by whatever it is.</summary>
    public bool TryCreateDirectory(ReadOnlySpan<byte> path, uint mode = 0x1ED /* 0755 */)
    {
        int parent = Parent(path, out ReadOnlySpan<byte> name);
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            return mkdirat(parent, n, (ushort)(mode & FileModes.PermissionBits)) == 0
                || (LinuxError.Last == EEXIST ? false : throw LinuxError.FromLast("mkdirat", path));
        }
    }

    /// <summary>
    /// Makes a directory and what is missing above it. Symbolic links on the way are followed inside the root; one that
    /// leads nowhere is an error.
    /// </summary>
    public void EnsureDirectory(ReadOnlySpan<byte> path, uint mode = 0x1ED /* 0755 */)
    {
        path = RootedPath.Trim(path);
        if (path.IsEmpty || DirectoryExists(path))
        {
            return;
        }

        // From the top down: of a path the nearest part that is there is usually the direct parent, so try that first.
        RootedPath.Split(path, out ReadOnlySpan<byte> parent, out _);
        int from = parent.IsEmpty || DirectoryExists(parent) ? parent.Length : 0;
        while (from < path.Length)
        {
            int start = from + (from == 0 ? 0 : 1);
            int slash = path[Math.Min(start, path.Length)..].IndexOf((byte)'/');
            from = slash < 0 ? path.Length : start + slash;
            ReadOnlySpan<byte> part = path[..from];
            RootedPath.Split(part, out _, out ReadOnlySpan<byte> name);
            if (!name.IsEmpty && !name.SequenceEqual(".."u8))
            {
                // As the caller said, whatever the process' umask is: what is made on the way is for others to walk through.
                if (TryCreateDirectory(part, mode))
                {
                    SetMode(part, mode);
                }
            }
        }

        if (!DirectoryExists(path))
        {
            throw LinuxError.From(ENOTDIR, "mkdirat", Encoding.UTF8.GetString(path));
        }
    }

    /// <summary>Makes a symbolic link. Its target is text that nothing checks: it is resolved when it is used.</summary>
    public void CreateSymbolicLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        int parent = Parent(path, out ReadOnlySpan<byte> name);
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        fixed (byte* t = Utf8Path.Terminate(target, new byte[target.Length + 1]))
        {
            if (symlinkat(t, parent, n) != 0)
            {
                throw LinuxError.FromLast("symlinkat", path);
            }
        }
    }

    /// <summary>
    /// Makes a hard link to something in the same root. A symbolic link at the end of <paramref name="existing"/> is
    /// linked itself, never what it points to.
    /// </summary>
    public void CreateHardLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> existing)
    {
        // Both parents must stay open together, so neither may push the other out: the cache has more than two places.
        int from = Parent(existing, out ReadOnlySpan<byte> oldName);
        int to = Parent(path, out ReadOnlySpan<byte> newName);
        fixed (byte* o = Utf8Path.Terminate(oldName, stackalloc byte[Utf8Path.SizeOf(oldName)]))
        fixed (byte* n = Utf8Path.Terminate(newName, stackalloc byte[Utf8Path.SizeOf(newName)]))
        {
            if (linkat(from, o, to, n, 0) != 0)
            {
                throw LinuxError.FromLast("linkat", path);
            }
        }
    }

    /// <summary>Makes a device node or a named pipe.</summary>
    /// <param name="path">Where.</param>
    /// <param name="kind">Character or block device, fifo, or socket.</param>
    /// <param name="mode">The permission bits, less the umask.</param>
    /// <param name="device">The device; 0:0 as a character device is an overlay white-out, which needs no privilege.</param>
    public void CreateNode(ReadOnlySpan<byte> path, FileKind kind, uint mode, DeviceNumber device = default)
    {
        if (kind is not (FileKind.CharacterDevice or FileKind.BlockDevice or FileKind.Fifo or FileKind.Socket))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only a device, a fifo or a socket is a node.");
        }

        int parent = Parent(path, out ReadOnlySpan<byte> name);
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            if (FileCalls.MkNodAt(parent, n, (uint)kind | (mode & FileModes.PermissionBits), device.Packed) != 0)
            {
                throw LinuxError.FromLast("mknodat", path);
            }
        }
    }

    /// <summary>Makes an overlay white-out: the mark that a name of the layers below is not there any more.</summary>
    public void CreateWhiteout(ReadOnlySpan<byte> path) => CreateNode(path, FileKind.CharacterDevice, 0);

    /// <summary>
    /// Gives an entry another name in the same root, replacing what is there: a file by a file, an empty directory by a
    /// directory (rename(2)).
    /// </summary>
    public void Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        int oldParent = Parent(from, out ReadOnlySpan<byte> oldName);
        int newParent = Parent(to, out ReadOnlySpan<byte> newName);
        fixed (byte* o = Utf8Path.Terminate(oldName, stackalloc byte[Utf8Path.SizeOf(oldName)]))
        fixed (byte* n = Utf8Path.Terminate(newName, stackalloc byte[Utf8Path.SizeOf(newName)]))
        {
            if (FileCalls.RenameAt(oldParent, o, newParent, n) != 0)
            {
                throw LinuxError.FromLast("renameat", from);
            }
        }

        _parents.Clear();
    }

    private bool DirectoryExists(ReadOnlySpan<byte> path)
    {
        int fd = Resolve(path, O_PATH | O_DIRECTORY, 0);
        if (fd >= 0)
        {
            _ = close(fd);
            return true;
        }

        return LinuxError.Last == ENOENT ? false : throw LinuxError.FromLast("openat2", path);
    }
}
