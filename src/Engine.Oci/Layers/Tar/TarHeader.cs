namespace Engine.Oci.Layers.Tar;

/// <summary>
/// The fields of one 512-byte header block, wherever its dialect has them (POSIX ustar; tar(5) of libarchive).
/// </summary>
internal readonly ref struct TarHeader
{
    public const int Size = 512;

    private readonly ReadOnlySpan<byte> _block;

    private TarHeader(ReadOnlySpan<byte> block) => _block = block;

    /// <summary>
    /// The type's letter; NUL of the oldest archives is the '0' of files, or '5' when the name ends in a slash.
    /// </summary>
    public char TypeFlag => _block[156] switch
    {
        0 => Text(0, 100).EndsWith("/"u8) ? '5' : '0',
        var flag => (char)flag,
    };

    public bool IsGnu => _block.Slice(257, 8).SequenceEqual("ustar  \0"u8);

    public int Mode => (int)(Number(100, 8, "mode") & 0xfff);

    public long Uid => Number(108, 8, "owner");

    public long Gid => Number(116, 8, "group");

    public long DataSize => Number(124, 12, "size");

    public long ModifiedSeconds => Number(136, 12, "time");

    // The oldest archives have anything there.
    public long DeviceMajor => HasMagic ? Number(329, 8, "device number") : 0;

    public long DeviceMinor => HasMagic ? Number(337, 8, "device number") : 0;

    public ReadOnlySpan<byte> LinkName => Text(157, 100);

    private bool HasMagic => _block.Slice(257, 5).SequenceEqual("ustar"u8);

    private bool IsStar => _block.Slice(508, 4).SequenceEqual("tar\0"u8);

    /// <summary>Takes a block for a header; false when its checksum says that it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> block, out TarHeader header)
    {
        header = new TarHeader(block);
        if (!TarNumber.TryRead(block.Slice(148, 8), out long expected))
        {
            return false;
        }

        // The checksum's own field counts as eight spaces. Some old tars summed signed bytes.
        return expected == (8 * ' ') + Sum(block[..148]) + Sum(block[156..])
            || expected == (8 * ' ') + SignedSum(block[..148]) + SignedSum(block[156..]);
    }

    /// <summary>The name, with the prefix that POSIX and star (GNU not) keep in another field.</summary>
    public byte[] ReadName()
    {
        ReadOnlySpan<byte> name = Text(0, 100);
        ReadOnlySpan<byte> prefix = IsGnu || !HasMagic ? [] : Text(345, IsStar ? 131 : 155);
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte b in bytes)
        {
            sum += b;
        }

        return sum;
    }

    private static int SignedSum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte b in bytes)
        {
            sum += (sbyte)b;
        }

        return sum;
    }

    private ReadOnlySpan<byte> Text(int at, int length)
    {
        ReadOnlySpan<byte> field = _block.Slice(at, length);
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private long Number(int at, int length, string what) =>
        TarNumber.TryRead(_block.Slice(at, length), out long value)
            ? value
            : throw TarFault.Invalid($"the {what} of '{Shown.Text(Text(0, 100))}' is no number");
}
