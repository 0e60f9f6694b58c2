using System.Buffers;
using System.Globalization;

namespace Engine.Core.Images.Changes;

/// <summary>Reads times as Dockerfiles have them, which is as Go has them: <c>1h30m</c>, <c>1.5s</c>, <c>500ms</c>.</summary>
internal static class DurationText
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    private static readonly (string Name, decimal Nanoseconds)[] s_units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ];

    /// <summary>Reads a time that is not negative; false for what is none, or is longer than 292 years.</summary>
    public static bool TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        decimal sum = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty && text != "0")
        {
            var digits = rest.IndexOfAnyExcept(s_digits);
            if (digits <= 0 || !decimal.TryParse(
                rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var end = rest.IndexOfAny(s_digits);
            var unit = (end < 0 ? rest : rest[..end]).ToString();
            var size = Array.Find(s_units, known => known.Name == unit).Nanoseconds;
            if (size == 0 || number > long.MaxValue / size || (sum += number * size) > long.MaxValue)
            {
                return false;
            }

            rest = end < 0 ? [] : rest[end..];
        }

        nanoseconds = (long)sum;
        return text.Length > 0;
    }
}
