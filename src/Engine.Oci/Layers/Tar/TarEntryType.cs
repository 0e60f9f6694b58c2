namespace Engine.Oci.Layers.Tar;

/// <summary>What a tar entry is.</summary>
public enum TarEntryType
{
    /// <summary>A file; contiguous and sparse files too.</summary>
    File,

    /// <summary>A hard link to an entry before it, or to a file of a lower layer.</summary>
    HardLink,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>A character device.</summary>
    CharacterDevice,

    /// <summary>A block device.</summary>
    BlockDevice,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A named pipe.</summary>
    Fifo,

    /// <summary>
    /// A kind that no standard gives a meaning for unpacking: volume labels, directory dumps, vendors' own.
    /// </summary>
    Other,
}
