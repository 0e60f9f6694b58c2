namespace Engine.Tools.Help;

/// <summary>A heading with the lines up to the next heading of its own or a higher level.</summary>
/// <param name="Title">The heading's text.</param>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Lines">The lines below it.</param>
internal sealed record MarkdownSection(string Title, int Line, IReadOnlyList<string> Lines)
{
    /// <summary>Splits lines at headings of a level; what stands before the first comes under an empty title.</summary>
    public static IReadOnlyList<MarkdownSection> Split(IReadOnlyList<string> lines, int level, int firstLine)
    {
        var mark = new string('#', level) + " ";
        var sections = new List<MarkdownSection>();
        var (title, start, inCode) = ("", 0, false);
        for (var i = 0; i <= lines.Count; i++)
        {
            if (i < lines.Count && lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
            }

            if (i == lines.Count || (!inCode && lines[i].StartsWith(mark, StringComparison.Ordinal)))
            {
                sections.Add(
                    new MarkdownSection(
                        title, firstLine + Math.Max(0, start - 1), [.. lines.Skip(start).Take(i - start)]));
                (title, start) = (i < lines.Count ? lines[i][mark.Length..].Trim() : "", i + 1);
            }
        }

        return sections;
    }

    /// <summary>Whether anything but blank lines is in it.</summary>
    public bool HasText => Lines.Any(line => !string.IsNullOrWhiteSpace(line));
}
