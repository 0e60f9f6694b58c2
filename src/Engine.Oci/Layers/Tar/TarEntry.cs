namespace Engine.Oci.Layers.Tar;

/// <summary>An entry of a tar, as the archive has it: nothing is cleaned, decoded or resolved.</summary>
public sealed record TarEntry
{
    /// <summary>What it is.</summary>
    public required TarEntryType Type { get; init; }

    /// <summary>The header's own letter for the type; for messages about <see cref="TarEntryType.Other"/>.</summary>
    public required char TypeFlag { get; init; }

    /// <summary>
    /// The name: any bytes but NUL; possibly absolute, with <c>..</c>, with a slash at the end. See <see
    /// cref="LayerPath"/>.
    /// </summary>
    public required ReadOnlyMemory<byte> Name { get; init; }

    /// <summary>
    /// The target of a hard link (a name like <see cref="Name"/>) or of a symbolic link (kept as it is).
    /// </summary>
    public ReadOnlyMemory<byte> LinkName { get; init; }

    /// <summary>The permissions, with set-uid, set-gid and sticky: 0 to 07777.</summary>
    public int Mode { get; init; }

    /// <summary>The owner; never 2^32-1, which chown(2) takes for 'as it is'.</summary>
    public uint Uid { get; init; }

    /// <summary>The group; never 2^32-1.</summary>
    public uint Gid { get; init; }

    /// <summary>The time of the last change of the content, in seconds since 1970; may be negative.</summary>
    public long ModifiedSeconds { get; init; }

    /// <summary>The rest of that time: 0 to 999,999,999 nanoseconds after the seconds.</summary>
    public int ModifiedNanoseconds { get; init; }

    /// <summary>
    /// The file's size in bytes once unpacked, the holes of sparse files included; 0 for all that is no file.
    /// </summary>
    public long Size { get; init; }

    /// <summary>How many bytes of data follow in the archive; less than <see cref="Size"/> for sparse files.</summary>
    public long StoredSize { get; init; }

    /// <summary>A device's major number.</summary>
    public uint DeviceMajor { get; init; }

    /// <summary>A device's minor number.</summary>
    public uint DeviceMinor { get; init; }

    /// <summary>The extended attributes, in the archive's order.</summary>
    public IReadOnlyList<TarXattr> Xattrs { get; init; } = [];

    /// <summary>
    /// For a sparse file the parts that have data, in order and apart from each other; null for any other file.
    /// </summary>
    public IReadOnlyList<TarSegment>? Segments { get; init; }

    /// <summary>The name for messages: decoded as UTF-8, cut, without control characters.</summary>
    public string DisplayName => Shown.Text(Name.Span);
}
