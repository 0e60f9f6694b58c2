using Engine.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>What statx(2) tells of a file; of a symbolic link, of the link itself.</summary>
public readonly record struct FileStatus
{
    /// <summary>The type of the file.</summary>
    public FileKind Kind { get; init; }

    /// <summary>The permission bits with set-user-ID, set-group-ID and sticky (07777).</summary>
    public uint Mode { get; init; }

    /// <summary>The same bits, as .NET names them.</summary>
    public UnixFileMode Permissions => (UnixFileMode)Mode;

    /// <summary>The owner's user number.</summary>
    public uint UserId { get; init; }

    /// <summary>The group's number.</summary>
    public uint GroupId { get; init; }

    /// <summary>The length in bytes; of a symbolic link, of its target.</summary>
    public long Size { get; init; }

    /// <summary>What it takes on the disk, in bytes.</summary>
    public long AllocatedSize { get; init; }

    /// <summary>The inode number, unique on its device.</summary>
    public ulong Inode { get; init; }

    /// <summary>The number of hard links.</summary>
    public uint LinkCount { get; init; }

    /// <summary>The device that the file is on.</summary>
    public DeviceNumber Device { get; init; }

    /// <summary>Of a device node, the device that it stands for.</summary>
    public DeviceNumber RepresentedDevice { get; init; }

    /// <summary>When the content last changed.</summary>
    public FileTime ModificationTime { get; init; }

    /// <summary>When it was last read.</summary>
    public FileTime AccessTime { get; init; }

    /// <summary>When the inode last changed.</summary>
    public FileTime ChangeTime { get; init; }

    /// <summary>The file is the root of a mount (Linux 5.8).</summary>
    public bool IsMountRoot { get; init; }

    /// <summary>An overlay white-out: a character device with the number 0:0 (overlayfs, "whiteouts").</summary>
    public bool IsWhiteout => Kind == FileKind.CharacterDevice && RepresentedDevice == default;

    internal static unsafe bool TryGet(int directory, byte* name, int flags, out FileStatus status)
    {
        const ulong AttributeMountRoot = 0x2000;
        statx native;
        if (statx(directory, name, flags | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &native) != 0)
        {
            status = default;
            return false;
        }

        status = new FileStatus
        {
            Kind = FileModes.KindOf(native.stx_mode),
            Mode = native.stx_mode & FileModes.PermissionBits,
            UserId = native.stx_uid,
            GroupId = native.stx_gid,
            Size = (long)native.stx_size,
            AllocatedSize = (long)native.stx_blocks * 512,
            Inode = native.stx_ino,
            LinkCount = native.stx_nlink,
            Device = new DeviceNumber(native.stx_dev_major, native.stx_dev_minor),
            RepresentedDevice = new DeviceNumber(native.stx_rdev_major, native.stx_rdev_minor),
            ModificationTime = new FileTime(native.stx_mtime.tv_sec, (int)native.stx_mtime.tv_nsec),
            AccessTime = new FileTime(native.stx_atime.tv_sec, (int)native.stx_atime.tv_nsec),
            ChangeTime = new FileTime(native.stx_ctime.tv_sec, (int)native.stx_ctime.tv_nsec),
            IsMountRoot = (native.stx_attributes & AttributeMountRoot) != 0,
        };
        return true;
    }

    /// <summary>The status of a path that the engine itself chose; a symbolic link at its end is not followed.</summary>
    /// <returns>What is there, or null when nothing is.</returns>
    /// <exception cref="LinuxException">It could not be looked at.</exception>
    public static unsafe FileStatus? Read(string path)
    {
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            return TryGet(AT_FDCWD, name, AT_SYMLINK_NOFOLLOW, out FileStatus status)
                ? status
                : LinuxError.Last == ENOENT || LinuxError.Last == ENOTDIR ? null : throw LinuxError.FromLast("statx", path);
        }
    }
}
