using System.Globalization;
using System.Management.Automation;

namespace Engine;

/// <summary>
/// What people read instead of bytes and instants. Only the views use it: properties hold the raw values. It takes
/// deserialized values too, which have lost their types.
/// </summary>
public static class Display
{
    private static readonly string[] s_units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>A size in PowerShell's units (1KB is 1024 bytes): <c>4.2 MB</c>. Empty for null.</summary>
    public static string Size(object? bytes)
    {
        if (bytes is null)
        {
            return "";
        }

        double size = LanguagePrimitives.ConvertTo<double>(bytes);
        int unit = 0;
        for (; Math.Abs(size) >= 1024 && unit < s_units.Length - 1; unit++)
        {
            size /= 1024;
        }

        string format = unit == 0 || size >= 100 ? "0" : "0.0";
        return $"{size.ToString(format, CultureInfo.InvariantCulture)} {s_units[unit]}";
    }

    /// <summary>How long ago: <c>5 minutes ago</c>. Empty for null.</summary>
    public static string Age(object? time)
    {
        DateTimeOffset? then = time switch
        {
            DateTimeOffset known => known,
            PSObject { BaseObject: DateTimeOffset wrapped } => wrapped,
            // What Export-Clixml leaves of a DateTimeOffset.
            PSObject other when other.Properties["UtcDateTime"]?.Value is DateTime utc => new DateTimeOffset(utc, TimeSpan.Zero),
            _ => null,
        };
        if (then is null)
        {
            return "";
        }

        TimeSpan age = TimeProvider.System.GetUtcNow() - then.Value;
        return age switch
        {
            { TotalSeconds: < 1 } => "just now",
            { TotalMinutes: < 1 } => Ago((int)age.TotalSeconds, "second"),
            { TotalHours: < 1 } => Ago((int)age.TotalMinutes, "minute"),
            { TotalDays: < 2 } => Ago((int)age.TotalHours, "hour"),
            { TotalDays: < 60 } => Ago((int)age.TotalDays, "day"),
            { TotalDays: < 730 } => Ago((int)(age.TotalDays / 30), "month"),
            _ => Ago((int)(age.TotalDays / 365), "year"),
        };
    }

    /// <summary>The first 12 characters of an id, without its algorithm.</summary>
    public static string ShortId(string? id)
    {
        string digits = id is null ? "" : id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return digits.Length > 12 ? digits[..12] : digits;
    }

    /// <summary>
    /// A reference of an image in a column of so many characters: the end of a long one, where its own name and tag are.
    /// </summary>
    public static string Reference(string? reference, int width)
    {
        string text = reference ?? "";
        int digest = text.IndexOf("sha256:", StringComparison.Ordinal);
        if (digest == 0 || (digest > 0 && text[digest - 1] == '@'))
        {
            text = text[..digest] + ShortId(text[digest..]);
        }

        return text.Length <= width ? text : $"…{text[^(width - 1)..]}";
    }

    /// <summary>
    /// The command of a step in a column of so many characters, on one line, without what a Dockerfile's steps all begin
    /// with.
    /// </summary>
    public static string Step(string? command, int width)
    {
        string text = string.Join(' ', (command ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (string prefix in (string[])["/bin/sh -c #(nop) ", "/bin/sh -c "])
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                text = text[prefix.Length..].TrimStart();
                break;
            }
        }

        return text.Length <= width ? text : $"{text[..(width - 1)]}…";
    }

    private static string Ago(int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")} ago");
}
