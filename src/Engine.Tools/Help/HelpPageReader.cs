using System.Text.RegularExpressions;

namespace Engine.Tools.Help;

/// <summary>Reads a cmdlet's page.</summary>
internal static partial class HelpPageReader
{
    private static readonly string[] s_headings =
        ["SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    /// <summary>Reads one file.</summary>
    /// <exception cref="HelpPageException">It is not in the format.</exception>
    public static HelpPage Read(string file) => Parse(file, File.ReadAllLines(file));

    /// <summary>Parses a page's lines.</summary>
    /// <exception cref="HelpPageException">They are not in the format.</exception>
    public static HelpPage Parse(string file, IReadOnlyList<string> lines)
    {
        var body = SkipFrontMatter(lines);
        var top = MarkdownSection.Split([.. lines.Skip(body)], 1, body + 1);
        if (top is not [{ HasText: false }, var page] || !CmdletName().IsMatch(page.Title))
        {
            throw Fault(file, 1, "a page is one heading '# Verb-Noun' and what is below it");
        }

        if (page.Title != Path.GetFileNameWithoutExtension(file))
        {
            throw Fault(file, page.Line, $"the heading says '{page.Title}', the file's name something else");
        }

        var sections = MarkdownSection.Split(page.Lines, 2, page.Line + 1);
        foreach (var section in sections.Where(section => section.Title.Length > 0 || section.HasText))
        {
            if (!s_headings.Contains(section.Title))
            {
                throw Fault(file, section.Line, $"'## {section.Title}' is none of: {string.Join(", ", s_headings)}");
            }
        }

        MarkdownSection? Section(string title) => sections.FirstOrDefault(section => section.Title == title);
        IReadOnlyList<string> Text(string title) => MarkdownText.Paragraphs(Section(title)?.Lines ?? []);
        IEnumerable<MarkdownSection> Parts(string title) =>
            Section(title) is { } section ? MarkdownSection.Split(section.Lines, 3, section.Line + 1).Skip(1) : [];

        return new HelpPage
        {
            File = file,
            Name = page.Title,
            Synopsis = string.Join(' ', Text("SYNOPSIS")),
            Description = Text("DESCRIPTION"),
            Examples = [.. Parts("EXAMPLES").Select(part => Example(file, part))],
            Parameters = Parts("PARAMETERS").ToDictionary(
                part => ParameterName(file, part), part =>
                    MarkdownText.Paragraphs(part.Lines), StringComparer.OrdinalIgnoreCase),
            Inputs = [.. Parts("INPUTS").Select(part =>
                (MarkdownText.Plain(part.Title), MarkdownText.Paragraphs(part.Lines)))],
            Outputs = [.. Parts("OUTPUTS").Select(part =>
                (MarkdownText.Plain(part.Title), MarkdownText.Paragraphs(part.Lines)))],
            Notes = Text("NOTES"),
            Links = [.. (Section("RELATED LINKS")?.Lines ?? []).SelectMany(line => Link().Matches(line))
                .Select(match =>
                    (match.Groups[1].Value, match.Groups[2].Value.Contains("://", StringComparison.Ordinal)
                        ? match.Groups[2].Value
                        : ""))],
        };
    }

    private static int SkipFrontMatter(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0].Trim() != "---")
        {
            return 0;
        }

        for (var i = 1; i < lines.Count; i++)
        {
            if (lines[i].Trim() == "---")
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static HelpExample Example(string file, MarkdownSection part)
    {
        var title = ExampleTitle().Match(part.Title);
        if (!title.Success)
        {
            throw Fault(
                file, part.Line, $"an example's heading is '### Example N: what it shows', not '### {part.Title}'");
        }

        var lines = part.Lines.ToList();
        var open = lines.FindIndex(line => line.StartsWith("```powershell", StringComparison.Ordinal));
        var close = open < 0 ? -1 : lines.FindIndex(open + 1, line => line.StartsWith("```", StringComparison.Ordinal));
        if (close < 0)
        {
            throw Fault(file, part.Line, "an example has its commands between ```powershell and ```");
        }

        var code = string.Join('\n', lines[(open + 1)..close]);
        return new HelpExample(
            title.Groups[1].Value, code, MarkdownText.Paragraphs(lines[..open].Concat(lines[(close + 1)..])));
    }

    private static string ParameterName(string file, MarkdownSection part) =>
        part.Title.StartsWith('-') && part.HasText
            ? part.Title[1..].Trim()
            : throw Fault(file, part.Line, $"a parameter is '### -Name' and a text, not '### {part.Title}'");

    private static HelpPageException Fault(string file, int line, string what) => new($"{file}({line}): {what}.");

    [GeneratedRegex("^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"^Example \d+: (.+)$")]
    private static partial Regex ExampleTitle();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]*)\)")]
    private static partial Regex Link();
}
