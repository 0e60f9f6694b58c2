using System.Buffers;
using System.Globalization;
using System.Text;

namespace Engine.Oci.Layers.Tar;

/// <summary>Makes the records of an extended header: what the ustar header of an entry cannot hold, in one order.</summary>
internal sealed class PaxRecordWriter
{
    private readonly ArrayBufferWriter<byte> _records = new();

    public ReadOnlySpan<byte> Records => _records.WrittenSpan;

    public void Describe(TarEntry entry)
    {
        if (entry.Name.Length > TarHeaderWriter.MaxName)
        {
            Add("path"u8, entry.Name.Span);
        }

        if (entry.LinkName.Length > TarHeaderWriter.MaxName)
        {
            Add("linkpath"u8, entry.LinkName.Span);
        }

        if (entry.Type == TarEntryType.File)
        {
            AddLarge("size"u8, entry.Size, TarHeaderWriter.MaxLongNumber);
        }

        AddLarge("uid"u8, entry.Uid, TarHeaderWriter.MaxShortNumber);
        AddLarge("gid"u8, entry.Gid, TarHeaderWriter.MaxShortNumber);
        if (entry.ModifiedNanoseconds != 0 || entry.ModifiedSeconds is < 0 or > TarHeaderWriter.MaxLongNumber)
        {
            Add("mtime"u8, Encoding.ASCII.GetBytes(Time(entry.ModifiedSeconds, entry.ModifiedNanoseconds)));
        }

        AddLarge("SCHILY.devmajor"u8, entry.DeviceMajor, TarHeaderWriter.MaxShortNumber);
        AddLarge("SCHILY.devminor"u8, entry.DeviceMinor, TarHeaderWriter.MaxShortNumber);
        foreach (TarXattr xattr in entry.Xattrs)
        {
            Add(PaxXattr.KeyOf(xattr.Name.Span), xattr.Value.Span);
        }
    }

    private void AddLarge(ReadOnlySpan<byte> key, long value, long limit)
    {
        if (value > limit)
        {
            Add(key, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        }
    }

    // "length key=value\n", where the length counts its own digits.
    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int rest = key.Length + value.Length + 3;
        int length = rest + 1;
        while (length != rest + Digits(length))
        {
            length = rest + Digits(length);
        }

        _records.Write(Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        _records.Write(" "u8);
        _records.Write(key);
        _records.Write("="u8);
        _records.Write(value);
        _records.Write("\n"u8);
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    // Before 1970 the fraction counts downwards: half a second before is -0.5 (pax).
    private static string Time(long seconds, int nanoseconds)
    {
        bool downwards = seconds < 0 && nanoseconds > 0;
        string whole = downwards
            ? "-" + (-(seconds + 1)).ToString(CultureInfo.InvariantCulture)
            : seconds.ToString(CultureInfo.InvariantCulture);
        int fraction = downwards ? 1_000_000_000 - nanoseconds : nanoseconds;
        return fraction == 0
            ? whole
            : $"{whole}.{fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}";
    }
}
