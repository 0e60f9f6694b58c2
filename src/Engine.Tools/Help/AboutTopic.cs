using System.Text;

namespace Engine.Tools.Help;

/// <summary>Turns an about page into the text file that Get-Help shows as it is.</summary>
internal static class AboutTopic
{
    /// <summary>
    /// The text: headings at the margin, what is below them indented (about_ topics have looked so since PowerShell 1).
    /// </summary>
    /// <exception cref="HelpPageException">The page has no short description: the one thing that Get-Help itself reads
    /// from it.</exception>
    public static string Convert(string file, IReadOnlyList<string> lines)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (lines.Count == 0 || lines[0] != "# " + name || !lines.Contains("## SHORT DESCRIPTION"))
        {
            throw new HelpPageException(
                $"{file}(1): an about page begins with '# {name}' and has a '## SHORT DESCRIPTION'.");
        }

        var text = new StringBuilder("TOPIC\n    ").Append(name).Append('\n');
        var inCode = false;
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
            }
            else if (!inCode && line.StartsWith('#'))
            {
                text.Append(MarkdownText.Plain(line.TrimStart('#').Trim())).Append('\n');
            }
            else
            {
                var shown = inCode ? "    " + line : MarkdownText.Plain(line);
                text.Append(shown.Length == 0 ? "" : "    " + shown).Append('\n');
            }
        }

        return text.ToString();
    }
}
