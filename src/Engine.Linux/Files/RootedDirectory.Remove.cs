using System.Text;
using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <content>Removing.</content>
public sealed unsafe partial class RootedDirectory
{
    private const ulong ResolveNoCrossDevice = 0x01;

    /// <summary>
    /// Deeper trees are flattened while they are removed: a directory so deep is moved up next to the top, so that
    /// neither descriptors nor stack grow with what a hostile archive nested.
    /// </summary>
    private const int FlattenBelowDepth = 64;

    /// <summary>Removes one entry that is no directory; false when it is not there.</summary>
    public bool RemoveFile(ReadOnlySpan<byte> path) => Unlink(path, 0);

    /// <summary>Removes an empty directory; false when it is not there.</summary>
    public bool RemoveDirectory(ReadOnlySpan<byte> path)
    {
        _parents.Clear();
        return Unlink(path, AT_REMOVEDIR);
    }

    /// <summary>
    /// Removes an entry and everything below it; false when it is not there. Symbolic links are removed, never followed.
    /// Directories that a reader without privilege may not write are opened up first, as rm -rf does not.
    /// </summary>
    /// <param name="path">What to remove; the root itself cannot be.</param>
    /// <param name="cancellationToken">Stops between two entries; what is removed stays removed.</param>
    /// <exception cref="LinuxException">
    /// A mount point was met (EBUSY): what is mounted in the tree is somebody's, and is not emptied. Unmount it first.
    /// </exception>
    public bool RemoveTree(ReadOnlySpan<byte> path, CancellationToken cancellationToken = default)
    {
        _parents.Clear();
        if (!TryGetStatus(path, out FileStatus status))
        {
            return false;
        }

        if (status.Kind == FileKind.Directory)
        {
            int parent = Parent(path, out ReadOnlySpan<byte> name);
            using SafeFileHandle top = OpenChild(parent, name);
            RemoveContent(top, cancellationToken);
            return Unlink(path, AT_REMOVEDIR);
        }

        return Unlink(path, 0);
    }

    /// <summary>Removes everything below the root, and keeps the root.</summary>
    public void Clear(CancellationToken cancellationToken = default)
    {
        _parents.Clear();
        using SafeFileHandle top = OpenChild(_rootFd, "."u8);
        RemoveContent(top, cancellationToken);
    }

    private static void RemoveContent(SafeFileHandle top, CancellationToken cancellationToken)
    {
        Stack<(SafeFileHandle Directory, byte[] Name, Queue<byte[]> Deeper)> open = new();
        int flattened = 0;
        try
        {
            open.Push((top, [], new Queue<byte[]>()));
            while (true)
            {
                (SafeFileHandle directory, byte[] name, Queue<byte[]> deeper) = open.Peek();
                if (deeper.Count == 0)
                {
                    RemoveFlat(directory, deeper, cancellationToken);
                }

                if (deeper.TryDequeue(out byte[]? next))
                {
                    if (open.Count > FlattenBelowDepth)
                    {
                        MoveUp(directory, next, top, flattened++);
                    }
                    else
                    {
                        open.Push((OpenChild(Fd(directory), next), next, new Queue<byte[]>()));
                    }
                }
                else if (open.Count == 1)
                {
                    return;
                }
                else
                {
                    open.Pop();
                    directory.Dispose();
                    RemoveEmpty(Fd(open.Peek().Directory), name);
                }
            }
        }
        finally
        {
            while (open.Count > 1)
            {
                open.Pop().Directory.Dispose();
            }
        }
    }

    /// <summary>Removes all that one call can remove, and lists the directories that are not empty.</summary>
    private static void RemoveFlat(SafeFileHandle directory, Queue<byte[]> deeper, CancellationToken cancellationToken)
    {
        if (lseek(Fd(directory), 0, SEEK_SET) < 0)
        {
            throw LinuxError.FromLast("lseek");
        }

        byte[] buffer = new byte[32 * 1024];
        for (int length = GetDirectoryEntries(directory, buffer); length > 0; length = GetDirectoryEntries(directory, buffer))
        {
            for (int at = 0; at < length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                at += ParseEntry(buffer.AsSpan(at), out DirectoryEntry? entry);
                if (entry is not null && !TryRemoveOne(directory, entry))
                {
                    deeper.Enqueue(entry.NameBytes);
                }
            }
        }
    }

    private static bool TryRemoveOne(SafeFileHandle directory, DirectoryEntry entry)
    {
        Span<byte> buffer = stackalloc byte[Utf8Path.SizeOf(entry.NameBytes)];
        fixed (byte* n = Utf8Path.Terminate(entry.NameBytes, buffer))
        {
            int flags = entry.Kind == FileKind.Directory ? AT_REMOVEDIR : 0;
            for (int attempt = 0; attempt < 3; attempt++)
            {
                if (unlinkat(Fd(directory), n, flags) == 0 || LinuxError.Last == ENOENT)
                {
                    return true;
                }

                int error = LinuxError.Last;
                if (flags != 0 && (error == ENOTEMPTY || error == EEXIST))
                {
                    return false;
                }

                // The type was unknown, or the entry was swapped for one of another type.
                if (error == EISDIR || error == ENOTDIR)
                {
                    flags ^= AT_REMOVEDIR;
                }
                else if (error != EACCES || fchmod(Fd(directory), 0x1C0 /* 0700 */) != 0)
                {
                    throw LinuxError.From(error, "unlinkat", entry.Name);
                }
            }

            throw LinuxError.From(EBUSY, "unlinkat", entry.Name, "it keeps changing");
        }
    }

    private static void MoveUp(SafeFileHandle directory, byte[] name, SafeFileHandle top, int number)
    {
        fixed (byte* from = Utf8Path.Terminate(name, new byte[name.Length + 1]))
        fixed (byte* to = Encoding.ASCII.GetBytes($".engine-removing-{number}\0"))
        {
            if (FileCalls.RenameAt(Fd(directory), from, Fd(top), to) != 0)
            {
                throw LinuxError.FromLast("renameat", name);
            }
        }
    }

    private static SafeFileHandle OpenChild(int parent, ReadOnlySpan<byte> name)
    {
        open_how how = new()
        {
            flags = (ulong)(uint)(O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
            resolve = ResolveNoCrossDevice | ResolveBeneath | ResolveNoSymlinks,
        };
        fixed (byte* n = Utf8Path.Terminate(name, new byte[name.Length + 1]))
        {
            int fd = openat2(parent, n, &how, sizeof(open_how));
            if (fd < 0 && LinuxError.Last == EACCES && fchmodat(parent, n, 0x1C0 /* 0700 */, AT_SYMLINK_NOFOLLOW) == 0)
            {
                fd = openat2(parent, n, &how, sizeof(open_how));
            }

            return fd >= 0
                ? new SafeFileHandle(fd, ownsHandle: true)
                : throw (LinuxError.Last == EXDEV
                    ? LinuxError.From(EBUSY, "openat2", Encoding.UTF8.GetString(name), "something is mounted there")
                    : LinuxError.FromLast("openat2", name));
        }
    }

    private static void RemoveEmpty(int parent, byte[] name)
    {
        fixed (byte* n = Utf8Path.Terminate(name, new byte[name.Length + 1]))
        {
            if (unlinkat(parent, n, AT_REMOVEDIR) != 0 && LinuxError.Last != ENOENT && LinuxError.Last != ENOTEMPTY)
            {
                throw LinuxError.FromLast("unlinkat", name);
            }
        }
    }

    private bool Unlink(ReadOnlySpan<byte> path, int flags)
    {
        int parent;
        ReadOnlySpan<byte> name;
        try
        {
            parent = Parent(path, out name);
        }
        catch (LinuxException exception) when (exception.IsNotFound || exception.Errno == ENOTDIR)
        {
            return false;
        }

        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        {
            return unlinkat(parent, n, flags) == 0
                || (LinuxError.Last == ENOENT ? false : throw LinuxError.FromLast("unlinkat", path));
        }
    }

    private static int Fd(SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}
