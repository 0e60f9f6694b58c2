namespace Engine.Oci.Compression;

/// <summary>
/// What an xz block's header (xz-file-format, 3.1) may ask for: LZMA2 alone, with a dictionary of bounded size. The
/// decoder takes the dictionary's memory at once, and fails in obscure ways at filters.
/// </summary>
internal static class XzBlockHeader
{
    /// <summary>The longest header.</summary>
    public const int MaxLength = 1024;

    // xz -9 uses 64 MiB.
    private const int MaxDictionary = 256 * 1024 * 1024;

    private const long Lzma2 = 0x21;

    public static void Check(ReadOnlySpan<byte> header)
    {
        int length = (header[0] + 1) * 4;
        if (header.Length < length)
        {
            throw new EndOfStreamException("it is truncated");
        }

        header = header[..length];
        int flags = header[1];
        int at = 2;
        if ((flags & 0x40) != 0)
        {
            ReadInteger(header, ref at);
        }

        if ((flags & 0x80) != 0)
        {
            ReadInteger(header, ref at);
        }

        long filter = ReadInteger(header, ref at);
        if ((flags & 0x03) != 0 || filter != Lzma2)
        {
            throw new NotSupportedException(
                $"it uses the xz filter 0x{filter:x}; only LZMA2 is read. Compress it without filters");
        }

        long size = ReadInteger(header, ref at);
        int bits = size == 1 && at < header.Length ? header[at] : 0xff;
        long dictionary = bits < 40 ? (2L | (uint)(bits & 1)) << ((bits / 2) + 11) : long.MaxValue;
        if (dictionary > MaxDictionary)
        {
            throw new NotSupportedException(
                $"its xz dictionary is larger than {MaxDictionary >> 20} MiB. Compress it with xz -9 or less");
        }
    }

    /// <summary>Reads a number of seven bits a byte, the lowest first, of at most nine bytes.</summary>
    public static long ReadInteger(ReadOnlySpan<byte> from, ref int at)
    {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            if (at >= from.Length)
            {
                throw new EndOfStreamException("it is truncated");
            }

            byte next = from[at++];
            value |= (long)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number in its headers is too long");
    }
}
