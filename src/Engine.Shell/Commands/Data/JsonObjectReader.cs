using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Engine.Shell.Commands.Data;

/// <summary>Turns JSON values into PowerShell's.</summary>
internal sealed partial class JsonObjectReader(bool asHashtable)
{
    /// <summary>The value: a long where it fits, a DateTime where a text is an ISO 8601 time.</summary>
    public object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => ReadString(element.GetString()!),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private object ReadObject(JsonElement element)
    {
        if (asHashtable)
        {
            var table = new System.Collections.Specialized.OrderedDictionary(StringComparer.Ordinal);
            foreach (var property in element.EnumerateObject())
            {
                table[property.Name] = Read(property.Value);
            }

            return table;
        }

        var result = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Length == 0 || result.Properties[property.Name] is not null)
            {
                throw new JsonException(property.Name.Length == 0
                    ? "The document has a key that is an empty string: -AsHashtable takes such keys."
                    : $"The document has the key '{property.Name}' twice, perhaps in other case: "
                        + "-AsHashtable takes such keys.");
            }

            result.Properties.Add(new PSNoteProperty(property.Name, Read(property.Value)));
        }

        return result;
    }

    private static object ReadString(string text) =>
        IsoTime().IsMatch(text)
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : text;

    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        var text = element.GetRawText();
        return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big)
            ? big
            : element.GetDouble();
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoTime();
}
