using System.Buffers.Binary;
using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <content>Reading: files, links, directories.</content>
public sealed unsafe partial class RootedDirectory
{
    /// <summary>
    /// Opens a regular file for reading; symbolic links are followed inside the root. Anything but a regular file is
    /// refused before it is opened: opening a device has effects, and opening a fifo waits.
    /// </summary>
    /// <exception cref="LinuxException">It is not there (ENOENT) or is no regular file (EINVAL).</exception>
    public SafeFileHandle OpenFile(ReadOnlySpan<byte> path)
    {
        int found = Resolve(path, O_PATH, 0);
        if (found < 0)
        {
            throw LinuxError.FromLast("openat2", path);
        }

        using SafeFileHandle pin = new(found, ownsHandle: true);
        fixed (byte* empty = "\0"u8)
        {
            if (!FileStatus.TryGet(found, empty, AT_EMPTY_PATH, out FileStatus status))
            {
                throw LinuxError.FromLast("statx", path);
            }

            if (status.Kind != FileKind.Regular)
            {
                throw LinuxError.From(EINVAL, "open", System.Text.Encoding.UTF8.GetString(path), $"it is a {status.Kind}, not a regular file");
            }
        }

        // Through /proc the very inode that was checked is opened, whatever the name means by now.
        fixed (byte* same = Utf8Path.Terminated($"/proc/self/fd/{found}"))
        {
            int fd = openat(AT_FDCWD, same, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
            return fd < 0 ? throw LinuxError.FromLast("open", path) : new SafeFileHandle(fd, ownsHandle: true);
        }
    }

    /// <summary>The content of a small file, such as <c>/etc/passwd</c>; null when it is not there.</summary>
    /// <param name="path">The file; symbolic links are followed inside the root.</param>
    /// <param name="limit">The largest length that is read.</param>
    /// <exception cref="EngineException">It is longer than the limit (InputTooLarge).</exception>
    public byte[]? ReadFile(ReadOnlySpan<byte> path, int limit)
    {
        SafeFileHandle handle;
        try
        {
            handle = OpenFile(path);
        }
        catch (LinuxException exception) when (exception.IsNotFound || exception.Errno == ENOTDIR)
        {
            return null;
        }

        using (handle)
        {
            return handle.ReadToEnd(limit, System.Text.Encoding.UTF8.GetString(path));
        }
    }

    /// <summary>The target of a symbolic link, byte for byte.</summary>
    /// <exception cref="LinuxException">It is not there, or is no symbolic link (EINVAL).</exception>
    public byte[] ReadLink(ReadOnlySpan<byte> path)
    {
        int parent = Parent(path, out ReadOnlySpan<byte> name);
        Span<byte> buffer = stackalloc byte[Utf8Path.MaxLength];
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        fixed (byte* b = buffer)
        {
            long length = readlinkat(parent, n, b, buffer.Length);
            return length < 0 ? throw LinuxError.FromLast("readlinkat", path) : buffer[..(int)length].ToArray();
        }
    }

    /// <summary>
    /// The entries of a directory, without <c>.</c> and <c>..</c>, in the file system's own order and as they are read:
    /// a directory of a million names takes no more memory than a small one.
    /// </summary>
    /// <exception cref="LinuxException">It is not there, or is no directory.</exception>
    public IEnumerable<DirectoryEntry> List(ReadOnlySpan<byte> path)
    {
        int fd = Resolve(path, O_RDONLY | O_DIRECTORY, 0);
        return fd < 0
            ? throw LinuxError.FromLast("openat2", path)
            : ReadEntries(new SafeFileHandle(fd, ownsHandle: true));
    }

    private static IEnumerable<DirectoryEntry> ReadEntries(SafeFileHandle directory)
    {
        using (directory)
        {
            byte[] buffer = new byte[32 * 1024];
            for (int length = GetDirectoryEntries(directory, buffer); length > 0; length = GetDirectoryEntries(directory, buffer))
            {
                for (int at = 0; at < length;)
                {
                    at += ParseEntry(buffer.AsSpan(at), out DirectoryEntry? entry);
                    if (entry is not null)
                    {
                        yield return entry;
                    }
                }
            }
        }
    }

    private static int GetDirectoryEntries(SafeFileHandle directory, byte[] buffer)
    {
        fixed (byte* b = buffer)
        {
            nint length = Syscall.Invoke(Syscall.GetDents64, directory.DangerousGetHandle(), (nint)b, buffer.Length);

            // A directory that was removed since it was opened has no entries any more (getdents64(2): ENOENT).
            return length >= 0 ? (int)length
                : LinuxError.Last == ENOENT ? 0
                : throw LinuxError.FromLast("getdents64");
        }
    }

    /// <summary>struct linux_dirent64 (getdents64(2)): inode, offset, record length, type, name up to NUL.</summary>
    private static int ParseEntry(ReadOnlySpan<byte> record, out DirectoryEntry? entry)
    {
        ulong inode = BinaryPrimitives.ReadUInt64LittleEndian(record);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(record[16..]);
        ReadOnlySpan<byte> name = record[19..length];
        name = name[..name.IndexOf((byte)0)];
        bool self = name.SequenceEqual("."u8) || name.SequenceEqual(".."u8);
        entry = self ? null : new DirectoryEntry(name.ToArray(), FileModes.KindOfEntry(record[18]), inode);
        return length;
    }
}
