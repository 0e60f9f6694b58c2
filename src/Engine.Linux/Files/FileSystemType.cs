namespace Engine.Linux.Files;

/// <summary>File systems by the number that statfs(2) gives; others appear as their number.</summary>
public enum FileSystemType : uint
{
    /// <summary>ext2, ext3 or ext4, which share a number.</summary>
    Ext4 = 0xEF53,

    /// <summary>XFS.</summary>
    Xfs = 0x58465342,

    /// <summary>Btrfs.</summary>
    Btrfs = 0x9123683E,

    /// <summary>F2FS.</summary>
    F2fs = 0xF2F52010,

    /// <summary>ZFS on Linux.</summary>
    Zfs = 0x2FC12FC1,

    /// <summary>tmpfs.</summary>
    Tmpfs = 0x01021994,

    /// <summary>ramfs.</summary>
    Ramfs = 0x858458F6,

    /// <summary>overlayfs.</summary>
    Overlay = 0x794C7630,

    /// <summary>A FUSE file system.</summary>
    Fuse = 0x65735546,

    /// <summary>NFS.</summary>
    Nfs = 0x6969,

    /// <summary>SMB 2 and later.</summary>
    Smb2 = 0xFE534D42,

    /// <summary>9P, as virtual machines share files.</summary>
    Plan9 = 0x01021997,

    /// <summary>eCryptfs.</summary>
    Ecryptfs = 0xF15F,

    /// <summary>squashfs.</summary>
    Squashfs = 0x73717368,

    /// <summary>proc.</summary>
    Proc = 0x9FA0,

    /// <summary>sysfs.</summary>
    Sysfs = 0x62656572,

    /// <summary>Cgroup version 1.</summary>
    Cgroup = 0x27E0EB,

    /// <summary>Cgroup version 2.</summary>
    Cgroup2 = 0x63677270,

    /// <summary>The namespaces' own file system.</summary>
    Nsfs = 0x6E736673,
}
