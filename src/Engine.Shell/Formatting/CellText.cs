using System.Management.Automation;
using System.Text;
using Engine.Shell.Interactive;

namespace Engine.Shell.Formatting;

/// <summary>Text cut and padded to terminal columns.</summary>
internal static class CellText
{
    /// <summary>How many columns the text takes.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += CellWidth.Of(rune);
        }

        return width;
    }

    /// <summary>The text in exactly so many columns; what is too long ends in an ellipsis.</summary>
    public static string Fit(string text, int width, Alignment alignment)
    {
        text = Cut(OneLine(text), width);
        var blank = width - Width(text);
        var before = alignment switch { Alignment.Right => blank, Alignment.Center => blank / 2, _ => 0 };
        return new string(' ', before) + text + new string(' ', blank - before);
    }

    /// <summary>The text in rows of at most so many columns, broken at blanks where there are any.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var rows = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var rest = line;
            while (Width(rest) > width)
            {
                var length = LengthWithin(rest, width);
                var blank = rest.LastIndexOf(' ', Math.Min(length, rest.Length - 1));
                var at = blank > 0 ? blank : Math.Max(1, length);
                rows.Add(rest[..at]);
                rest = rest[at..].TrimStart(' ');
            }

            rows.Add(rest);
        }

        return rows;
    }

    private static string Cut(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        return width <= 1 ? "…"[..Math.Max(0, width)] : text[..LengthWithin(text, width - 1)] + "…";
    }

    private static int LengthWithin(string text, int width)
    {
        var (used, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += CellWidth.Of(rune);
            if (used > width)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    // A table's row is one row: what would break it, or move the cursor, is shown as a blank.
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.ToString();
    }
}
