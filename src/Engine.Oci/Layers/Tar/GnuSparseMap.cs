namespace Engine.Oci.Layers.Tar;

/// <summary>
/// The maps of sparse files that are in blocks of their own: GNU's old form in the header and in extension blocks
/// (tar(5)),
/// and the form 1.0 at the beginning of the data.
/// </summary>
internal static class GnuSparseMap
{
    private const int Field = 12;

    /// <summary>Reads an old map, and with it the extension blocks that follow the header.</summary>
    public static (IReadOnlyList<long> Pairs, long RealSize) ReadOld(byte[] header, TarReader reader, TarLimits limits)
    {
        var pairs = new List<long>();
        long realSize = Number(header.AsSpan(483, Field));
        AddPairs(header.AsSpan(386, 4 * 2 * Field), pairs);
        bool more = header[482] != 0;
        byte[] block = new byte[TarHeader.Size];
        while (more)
        {
            reader.ReadRaw(block);
            AddPairs(block.AsSpan(0, 21 * 2 * Field), pairs);
            SparseMap.RequireCount(pairs.Count / 2, limits);
            more = block[504] != 0;
        }

        return (pairs, realSize);
    }

    /// <summary>
    /// Reads a map of form 1.0: decimal lines, the first of which counts the parts, filled up to whole blocks.
    /// </summary>
    public static IReadOnlyList<long> ReadLines(TarReader reader, TarLimits limits)
    {
        var pairs = new List<long>();
        byte[] block = new byte[TarHeader.Size];
        long count = -1;
        long line = 0;
        int digits = 0;
        while (count < 0 || pairs.Count < count * 2)
        {
            reader.ReadContentBlock(block);
            foreach (byte next in block)
            {
                if (next == (byte)'\n' && digits > 0)
                {
                    if (count < 0)
                    {
                        SparseMap.RequireCount(line, limits);
                        count = line;
                    }
                    else
                    {
                        pairs.Add(line);
                    }

                    (line, digits) = (0, 0);
                    if (pairs.Count == count * 2)
                    {
                        break;
                    }
                }
                else if (next is >= (byte)'0' and <= (byte)'9' && ++digits <= 18)
                {
                    line = (line * 10) + (next - '0');
                }
                else
                {
                    throw SparseMap.Invalid();
                }
            }
        }

        return pairs;
    }

    private static void AddPairs(ReadOnlySpan<byte> fields, List<long> pairs)
    {
        for (; fields.Length >= 2 * Field && fields[0] != 0; fields = fields[(2 * Field)..])
        {
            pairs.Add(Number(fields[..Field]));
            pairs.Add(Number(fields.Slice(Field, Field)));
        }
    }

    private static long Number(ReadOnlySpan<byte> field) =>
        TarNumber.TryRead(field, out long value) && value >= 0 ? value : throw SparseMap.Invalid();
}
