using System.Text.RegularExpressions;

namespace Engine.Tools.Help;

/// <summary>Markdown as plain text for a console.</summary>
internal static partial class MarkdownText
{
    /// <summary>Paragraphs: lines that belong together are joined, lists, tables and code keep theirs.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<string> lines)
    {
        var paragraphs = new List<string>();
        var open = new List<string>();
        var inCode = false;
        foreach (var line in lines.Append(""))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                Close(paragraphs, open, inCode);
                inCode = !inCode;
            }
            else if (inCode)
            {
                open.Add(line);
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                Close(paragraphs, open, asIs: false);
            }
            else
            {
                open.Add(Plain(line.TrimEnd()));
            }
        }

        return paragraphs;
    }

    /// <summary>A line without emphasis, code marks and link targets.</summary>
    public static string Plain(string line)
    {
        line = Link().Replace(line, match => match.Groups[2].Value.Contains("://", StringComparison.Ordinal)
            ? $"{match.Groups[1].Value} ({match.Groups[2].Value})"
            : match.Groups[1].Value);
        return Mark()
            .Replace(line, "$1$2")
            .Replace("\\_", "_", StringComparison.Ordinal)
            .Replace("\\*", "*", StringComparison.Ordinal);
    }

    private static void Close(List<string> paragraphs, List<string> open, bool asIs)
    {
        if (open.Count > 0)
        {
            var keepLines = asIs || open.Exists(line => Item().IsMatch(line));
            paragraphs.Add(string.Join(keepLines ? "\n" : " ", open));
            open.Clear();
        }
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([^`]+)`|\*\*([^*]+)\*\*")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\s*([-*|]|\d+\.)\s?")]
    private static partial Regex Item();
}
