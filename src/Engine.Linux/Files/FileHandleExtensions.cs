using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>
/// What can be done with an open file: the way to unpack an archive, since nothing is resolved again. Errors are those of
/// this layer (a full disk is <see cref="EngineErrorReason.DiskFull"/>), not IOException.
/// </summary>
public static unsafe class FileHandleExtensions
{
    /// <summary>Writes all of a buffer at an offset. A gap before it is a hole, which takes no space and reads as zeros.</summary>
    public static void WriteAt(this SafeFileHandle file, ReadOnlySpan<byte> data, long offset)
    {
        while (!data.IsEmpty)
        {
            fixed (byte* b = data)
            {
                long written = pwrite(Fd(file), b, data.Length, offset);
                if (written < 0 && LinuxError.Last != EINTR)
                {
                    throw LinuxError.FromLast("pwrite", PathOf(file));
                }

                if (written > 0)
                {
                    data = data[(int)written..];
                    offset += written;
                }
            }
        }
    }

    /// <summary>The status of the open file, whatever its name means by now.</summary>
    public static FileStatus GetStatus(this SafeFileHandle file)
    {
        fixed (byte* empty = "\0"u8)
        {
            return FileStatus.TryGet(Fd(file), empty, AT_EMPTY_PATH, out FileStatus status)
                ? status
                : throw LinuxError.FromLast("statx", PathOf(file));
        }
    }

    /// <summary>Sets the length: cuts, or adds a hole at the end.</summary>
    public static void SetLength(this SafeFileHandle file, long length)
    {
        if (ftruncate(Fd(file), length) != 0)
        {
            throw LinuxError.FromLast("ftruncate", PathOf(file));
        }
    }

    /// <summary>Sets the owner; clears set-user-ID, so <see cref="SetMode"/> comes after it.</summary>
    public static void SetOwner(this SafeFileHandle file, uint userId, uint groupId)
    {
        if (fchown(Fd(file), userId, groupId) != 0)
        {
            throw LinuxError.FromLast("fchown", PathOf(file));
        }
    }

    /// <summary>Sets the permission bits, as given.</summary>
    public static void SetMode(this SafeFileHandle file, uint mode)
    {
        if (fchmod(Fd(file), (ushort)(mode & FileModes.PermissionBits)) != 0)
        {
            throw LinuxError.FromLast("fchmod", PathOf(file));
        }
    }

    /// <summary>Sets the times of access and modification; last, since writing changes them.</summary>
    public static void SetTimes(this SafeFileHandle file, FileTime access, FileTime modification)
    {
        timespec* times = stackalloc timespec[2];
        times[0] = new timespec { tv_sec = access.Seconds, tv_nsec = access.Nanoseconds };
        times[1] = new timespec { tv_sec = modification.Seconds, tv_nsec = modification.Nanoseconds };
        if (futimens(Fd(file), times) != 0)
        {
            throw LinuxError.FromLast("futimens", PathOf(file));
        }
    }

    /// <summary>Sets an extended attribute; the value may hold any byte. After the owner: chown clears file capabilities.</summary>
    public static void SetAttribute(this SafeFileHandle file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        fixed (byte* n = Utf8Path.Terminate(name, stackalloc byte[Utf8Path.SizeOf(name)]))
        fixed (byte* v = value)
        {
            if (FileCalls.FSetXAttr(Fd(file), n, v, (nuint)value.Length, 0) != 0)
            {
                throw LinuxError.FromLast("fsetxattr", PathOf(file));
            }
        }
    }

    /// <summary>Returns when content and metadata are on the disk (fsync(2)).</summary>
    public static void Flush(this SafeFileHandle file)
    {
        if (fsync(Fd(file)) != 0)
        {
            throw LinuxError.FromLast("fsync", PathOf(file));
        }
    }

    internal static byte[] ReadToEnd(this SafeFileHandle file, int limit, string path)
    {
        // Files of /proc and /sys say they are empty, so the length is what reading gives.
        byte[] buffer = new byte[Math.Min(limit, 4096)];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min((long)limit + 1, (long)buffer.Length * 2 + 1));
            }

            fixed (byte* b = buffer)
            {
                long got = read(Fd(file), b + length, buffer.Length - length);
                if (got == 0)
                {
                    return buffer[..length];
                }

                if (got < 0 && LinuxError.Last != EINTR)
                {
                    throw LinuxError.FromLast("read", path);
                }

                length += (int)Math.Max(got, 0);
            }

            if (length > limit)
            {
                throw new EngineException(
                    EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge,
                    $"'{path}' is longer than the {limit} bytes that the engine reads of such a file.", path);
            }
        }
    }

    private static int Fd(SafeFileHandle file)
    {
        ObjectDisposedException.ThrowIf(file.IsClosed, file);
        return (int)file.DangerousGetHandle();
    }

    /// <summary>The name for a message; only asked for when a call has failed, so the price does not matter.</summary>
    private static string PathOf(SafeFileHandle file)
    {
        int error = LinuxError.Last;
        string path = new FileInfo($"/proc/self/fd/{Fd(file)}").LinkTarget ?? "?";
        System.Runtime.InteropServices.Marshal.SetLastPInvokeError(error);
        return path;
    }
}
