using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>How full a file system is, and which one it is (statfs(2)).</summary>
/// <param name="Type">The kind of file system.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What is free, the part kept for root included.</param>
/// <param name="AvailableBytes">What a process without privilege can still write.</param>
/// <param name="TotalFiles">The number of inodes; 0 where there is no limit.</param>
/// <param name="FreeFiles">The number of free inodes.</param>
/// <param name="IsReadOnly">The mount is read-only.</param>
public sealed record FileSystemStatistics(
    FileSystemType Type, long TotalBytes, long FreeBytes, long AvailableBytes, long TotalFiles, long FreeFiles, bool IsReadOnly)
{
    private const long ReadOnlyFlag = 1;

    /// <summary>Reads them for the file system that a path is on.</summary>
    /// <exception cref="LinuxException">The path is not there.</exception>
    public static unsafe FileSystemStatistics Of(string path)
    {
        int fd;
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            fd = open(name, O_PATH | O_CLOEXEC, 0);
        }

        if (fd < 0)
        {
            throw LinuxError.FromLast("open", path);
        }

        using SafeFileHandle file = new(fd, ownsHandle: true);
        StatFs native;
        if (FileCalls.FStatFs(fd, &native) != 0)
        {
            throw LinuxError.FromLast("fstatfs", path);
        }

        long unit = native.FragmentSize == 0 ? native.BlockSize : native.FragmentSize;
        return new FileSystemStatistics(
            (FileSystemType)(uint)native.Type,
            (long)native.Blocks * unit, (long)native.BlocksFree * unit, (long)native.BlocksAvailable * unit,
            (long)native.Files, (long)native.FilesFree, (native.Flags & ReadOnlyFlag) != 0);
    }
}
