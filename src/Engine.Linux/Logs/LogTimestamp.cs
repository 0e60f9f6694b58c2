namespace Engine.Linux.Logs;

/// <summary>The time in a log: RFC 3339 with up to nine digits of a second, and <c>Z</c> or an offset.</summary>
internal static class LogTimestamp
{
    private const long Second = 1_000_000_000;

    internal static bool TryParse(ReadOnlySpan<byte> text, out long unixNanoseconds)
    {
        unixNanoseconds = 0;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !Number(text, 0, 4, out int year) || !Number(text, 5, 2, out int month) || !Number(text, 8, 2, out int day)
            || !Number(text, 11, 2, out int hour) || !Number(text, 14, 2, out int minute) || !Number(text, 17, 2, out int second)
            || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(Math.Clamp(year, 1, 9999), month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        int at = 19;
        long fraction = 0;
        if (text[at] == '.')
        {
            long unit = Second / 10;
            for (at++; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++, unit /= 10)
            {
                fraction += (text[at] - '0') * unit;
            }
        }

        if (!Offset(text[at..], out long offset))
        {
            return false;
        }

        long seconds = (DaysSince1970(year, month, day) * 86400) + (hour * 3600) + (minute * 60) + second - offset;
        unixNanoseconds = (seconds * Second) + fraction;
        return true;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text is [(byte)'Z'])
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':' || !Number(text, 1, 2, out int hours) || !Number(text, 4, 2, out int minutes))
        {
            return false;
        }

        seconds = ((hours * 3600) + (minutes * 60)) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> text, int start, int length, out int value)
    {
        value = 0;
        foreach (byte digit in text.Slice(start, length))
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }

    private static long DaysSince1970(int year, int month, int day) =>
        new DateOnly(Math.Clamp(year, 1, 9999), month, day).DayNumber - 719162L; // 1970-01-01
}
