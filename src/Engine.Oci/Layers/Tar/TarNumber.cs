using System.Buffers.Text;

namespace Engine.Oci.Layers.Tar;

/// <summary>The ways in which tar writes numbers.</summary>
internal static class TarNumber
{
    // Octal digits (POSIX), or, with the top bit set, a big-endian two's complement number (GNU, star: "base-256").
    public static bool TryRead(ReadOnlySpan<byte> field, out long value) =>
        (field[0] & 0x80) != 0 ? TryReadBinary(field, out value) : TryReadOctal(field, out value);

    // Decimal, whole: sizes and ids in extended headers.
    public static bool TryReadDecimal(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out int used) && used == text.Length && text[0] != (byte)'+';

    // Seconds since 1970 with any number of decimals; before 1970 the fraction counts downwards (pax).
    public static bool TryReadTime(ReadOnlySpan<byte> text, out long seconds, out int nanoseconds)
    {
        nanoseconds = 0;
        int dot = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = dot < 0 ? text : text[..dot];
        if (!TryReadDecimal(whole, out seconds))
        {
            return false;
        }

        if (dot >= 0)
        {
            int place = 100_000_000;
            foreach (byte digit in text[(dot + 1)..])
            {
                if (digit is < (byte)'0' or > (byte)'9')
                {
                    return false;
                }

                nanoseconds += (digit - '0') * place;
                place /= 10;
            }
        }

        if (whole[0] == (byte)'-' && nanoseconds > 0)
        {
            seconds--;
            nanoseconds = 1_000_000_000 - nanoseconds;
        }

        return true;
    }

    private static bool TryReadOctal(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        if (digits.Length > 21)
        {
            return false;
        }

        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 3)
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    private static bool TryReadBinary(ReadOnlySpan<byte> field, out long value)
    {
        // Bit 6 of the first byte is the sign; all bytes above the lowest eight must repeat it.
        bool negative = (field[0] & 0x40) != 0;
        value = negative ? -1 : 0;
        for (int i = 0; i < field.Length; i++)
        {
            int digit = i == 0 ? (sbyte)(field[0] << 1) >> 1 & 0xff : field[i];
            if (i < field.Length - sizeof(long) && digit != (negative ? 0xff : 0))
            {
                return false;
            }

            value = (value << 8) | (uint)digit;
        }

        return negative == value < 0;
    }
}
