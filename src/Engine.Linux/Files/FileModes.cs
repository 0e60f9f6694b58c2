namespace Engine.Linux.Files;

/// <summary>The bits of st_mode (inode(7)); the same numbers on every architecture.</summary>
internal static class FileModes
{
    internal const uint PermissionBits = 0xFFF;
    internal const uint TypeMask = 0xF000;

    /// <summary>The values of <see cref="FileKind"/> are the type bits themselves.</summary>
    internal static FileKind KindOf(uint mode) => (FileKind)(mode & TypeMask);

    /// <summary>d_type of a directory entry is the type part of st_mode, shifted (readdir(3), DT_*).</summary>
    internal static FileKind KindOfEntry(byte entryType) => KindOf((uint)entryType << 12);
}
