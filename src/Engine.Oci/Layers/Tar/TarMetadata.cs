namespace Engine.Oci.Layers.Tar;

/// <summary>What the headers before an entry say of it, and what comes of that and its own header together.</summary>
/// <param name="global">What the archive's global headers said before.</param>
internal sealed class TarMetadata(PaxAttributes global)
{
    public bool IsEmpty { get; set; } = true;

    public PaxAttributes Pax { get; } = new(global);

    public ReadOnlyMemory<byte>? LongName { get; set; }

    public ReadOnlyMemory<byte>? LongLink { get; set; }

    public static ReadOnlyMemory<byte> UpToNul(ReadOnlyMemory<byte> name)
    {
        int end = name.Span.IndexOf((byte)0);
        return end < 0 ? name : name[..end];
    }

    public TarEntry Describe(TarHeader header, long storedSize, TarLimits limits)
    {
        ReadOnlyMemory<byte> name = Pax.Sparse?.Name ?? Pax.Path ?? LongName ?? header.ReadName();
        ReadOnlyMemory<byte> link = Pax.LinkPath ?? LongLink ?? header.LinkName.ToArray();
        if (name.Length > limits.MaxNameLength || link.Length > limits.MaxNameLength)
        {
            throw TarFault.TooLarge($"a name has more than {limits.MaxNameLength} bytes");
        }

        TarEntryType type = TypeOf(header.TypeFlag);
        bool device = type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice;
        (long seconds, int nanoseconds) = Pax.Modified ?? (header.ModifiedSeconds, 0);
        Require(storedSize >= 0, name, "size is negative");
        return new TarEntry
        {
            Type = type,
            TypeFlag = header.TypeFlag,
            Name = name,
            LinkName = type is TarEntryType.HardLink or TarEntryType.SymbolicLink ? link : default,
            Mode = header.Mode,
            Uid = Number(Pax.Uid ?? header.Uid, name, "owner"),
            Gid = Number(Pax.Gid ?? header.Gid, name, "group"),
            ModifiedSeconds = seconds,
            ModifiedNanoseconds = nanoseconds,
            DeviceMajor = device ? Number(Pax.DeviceMajor ?? header.DeviceMajor, name, "device number") : 0,
            DeviceMinor = device ? Number(Pax.DeviceMinor ?? header.DeviceMinor, name, "device number") : 0,
            Xattrs = Pax.Xattrs,
        };
    }

    private static TarEntryType TypeOf(char flag) => flag switch
    {
        '0' or '7' or 'S' => TarEntryType.File,
        '1' => TarEntryType.HardLink,
        '2' => TarEntryType.SymbolicLink,
        '3' => TarEntryType.CharacterDevice,
        '4' => TarEntryType.BlockDevice,
        '5' => TarEntryType.Directory,
        '6' => TarEntryType.Fifo,
        _ => TarEntryType.Other,
    };

    // 2^32-1 is no id (chown(2) takes it for 'unchanged') and no device number.
    private static uint Number(long value, ReadOnlyMemory<byte> name, string what)
    {
        Require(value is >= 0 and < uint.MaxValue, name, $"{what} is out of range");
        return (uint)value;
    }

    private static void Require(bool holds, ReadOnlyMemory<byte> name, string fault)
    {
        if (!holds)
        {
            string shown = Shown.Text(name.Span);
            throw TarFault.Invalid($"the {fault} at '{shown}'", shown);
        }
    }
}
