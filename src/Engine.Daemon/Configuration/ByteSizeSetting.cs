using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Engine.Daemon.Configuration;

/// <summary>Numbers of bytes: a number, or a text with a unit of 1024, as in Docker's daemon.json.</summary>
internal static partial class ByteSizeSetting
{
    private const string Units = "bkmgt";

    /// <summary>A number of bytes above zero; null after a fault.</summary>
    public static long? Bytes(SettingValue value)
    {
        if (Parse(value.Json) is { } bytes and > 0)
        {
            return bytes;
        }

        value.Fault("a number of bytes above zero, or a text such as \"64m\"");
        return null;
    }

    private static long? Parse(JsonElement? json)
    {
        if (json is { ValueKind: JsonValueKind.Number } number)
        {
            return number.TryGetInt64(out var bytes) ? bytes : null;
        }

        var match = json is { ValueKind: JsonValueKind.String } text ? Size().Match(text.GetString()!) : Match.Empty;
        if (!match.Success
            || !long.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = match.Groups["unit"].Value;
        var factor = 1L << (10 * Math.Max(0, Units.IndexOf(unit.Length == 0 ? 'b' : char.ToLowerInvariant(unit[0]))));
        return count <= long.MaxValue / factor ? count * factor : null;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,18}) ?(?<unit>b|([kmgt](i?b)?))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
