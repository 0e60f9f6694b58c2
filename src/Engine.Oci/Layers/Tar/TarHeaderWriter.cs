namespace Engine.Oci.Layers.Tar;

/// <summary>
/// Fills header blocks (POSIX ustar). What does not fit a field is left out of it: an extended header says it.
/// </summary>
internal static class TarHeaderWriter
{
    public const int MaxName = 100;

    /// <summary>The largest number of an eight byte field: seven octal digits and a NUL.</summary>
    public const long MaxShortNumber = 0x1FFFFF;

    /// <summary>The largest number of a twelve byte field: eleven octal digits and a NUL.</summary>
    public const long MaxLongNumber = 0x1_FFFF_FFFF;

    /// <summary>Fills the header of an entry.</summary>
    public static void Write(Span<byte> block, TarEntry entry)
    {
        Text(block, 0, entry.Name.Span);
        Text(block, 157, entry.LinkName.Span);
        Number(block.Slice(100, 8), entry.Mode, MaxShortNumber);
        Number(block.Slice(108, 8), entry.Uid, MaxShortNumber);
        Number(block.Slice(116, 8), entry.Gid, MaxShortNumber);
        Number(block.Slice(124, 12), entry.Type == TarEntryType.File ? entry.Size : 0, MaxLongNumber);
        Number(block.Slice(136, 12), entry.ModifiedSeconds, MaxLongNumber);
        Number(block.Slice(329, 8), entry.DeviceMajor, MaxShortNumber);
        Number(block.Slice(337, 8), entry.DeviceMinor, MaxShortNumber);
        Seal(block, FlagOf(entry.Type));
    }

    /// <summary>Fills the header of an extended header; its name is for those who do not know what it is.</summary>
    public static void WriteExtended(Span<byte> block, ReadOnlySpan<byte> name, int length)
    {
        ReadOnlySpan<byte> last = name.TrimEnd((byte)'/');
        last = last[(last.LastIndexOf((byte)'/') + 1)..];
        Text(block, 0, [.. "PaxHeaders/"u8, .. last]);
        Number(block.Slice(100, 8), 0x1A4 /* 0644 */, MaxShortNumber);
        Number(block.Slice(108, 8), 0, MaxShortNumber);
        Number(block.Slice(116, 8), 0, MaxShortNumber);
        Number(block.Slice(124, 12), length, MaxLongNumber);
        Number(block.Slice(136, 12), 0, MaxLongNumber);
        Number(block.Slice(329, 8), 0, MaxShortNumber);
        Number(block.Slice(337, 8), 0, MaxShortNumber);
        Seal(block, 'x');
    }

    private static void Text(Span<byte> block, int at, ReadOnlySpan<byte> text)
    {
        Span<byte> field = block.Slice(at, MaxName);
        field.Clear();
        text[..Math.Min(text.Length, MaxName)].CopyTo(field);
    }

    private static void Number(Span<byte> field, long value, long limit)
    {
        value = value < 0 || value > limit ? 0 : value;
        field[^1] = 0;
        for (int i = field.Length - 2; i >= 0; i--, value >>= 3)
        {
            field[i] = (byte)('0' + (value & 7));
        }
    }

    private static void Seal(Span<byte> block, char flag)
    {
        block[156] = (byte)flag;
        "ustar\0"u8.CopyTo(block[257..]);
        "00"u8.CopyTo(block[263..]);

        // Names of owners mean nothing in another root file system; the prefix of long names is an extended header's.
        block[265..329].Clear();
        block[345..].Clear();

        // The checksum's own field counts as eight spaces; six digits, NUL and a space are customary.
        Span<byte> checksum = block.Slice(148, 8);
        checksum.Fill((byte)' ');
        int sum = 0;
        foreach (byte b in block[..TarHeader.Size])
        {
            sum += b;
        }

        Number(checksum[..7], sum, MaxShortNumber);
    }

    private static char FlagOf(TarEntryType type) => type switch
    {
        TarEntryType.HardLink => '1',
        TarEntryType.SymbolicLink => '2',
        TarEntryType.CharacterDevice => '3',
        TarEntryType.BlockDevice => '4',
        TarEntryType.Directory => '5',
        TarEntryType.Fifo => '6',
        _ => '0',
    };
}
