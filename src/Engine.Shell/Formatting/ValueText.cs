using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Engine.Shell.Formatting;

/// <summary>A value as a table or list shows it.</summary>
internal static class ValueText
{
    // PowerShell's $FormatEnumerationLimit is 4 unless the user sets it.
    private const int EnumerationLimit = 4;

    /// <summary>The text; a collection becomes {a, b, c, d…}.</summary>
    public static string Of(object? value, string? format = null)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        if (format is not null && bare is not null)
        {
            return Formatted(bare, format);
        }

        return bare switch
        {
            null => "",
            string text => text,
            IDictionary table => Many(table.Keys.Cast<object>().Select(key => $"[{key}, {Plain(table[key])}]")),
            IEnumerable many => Many(many.Cast<object?>().Select(Plain)),
            _ => Plain(value),
        };
    }

    private static string Many(IEnumerable<string> texts)
    {
        var shown = texts.Take(EnumerationLimit + 1).ToList();
        var more = shown.Count > EnumerationLimit ? "…" : "";
        return "{" + string.Join(", ", shown.Take(EnumerationLimit)) + more + "}";
    }

    // A format file's string is either a composite one or the value's own.
    private static string Formatted(object value, string format)
    {
        if (format.Contains("{0", StringComparison.Ordinal))
        {
            return string.Format(CultureInfo.CurrentCulture, format, value);
        }

        return value is IFormattable formattable
            ? formattable.ToString(format, CultureInfo.CurrentCulture)
            : Plain(value);
    }

    private static string Plain(object? value)
    {
        try
        {
            return value switch
            {
                Enum or PSObject or null => LanguagePrimitives.ConvertTo<string>(value) ?? "",
                IFormattable formattable => formattable.ToString(null, CultureInfo.CurrentCulture),
                _ => value.ToString() ?? "",
            };
        }
        catch (RuntimeException)
        {
            return "";
        }
    }
}
