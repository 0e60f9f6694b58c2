using System.Management.Automation.Language;

namespace Engine.Shell.CommandLine;

/// <summary>Turns the words after a script's path into PowerShell text, as pwsh -File reads them.</summary>
internal static class ScriptArguments
{
    /// <summary>The call of a script with its arguments.</summary>
    public static string Call(string path, IEnumerable<string> words) =>
        string.Join(' ', ["&", Quote(path), .. Parse(words)]);

    // Words that look like a parameter bind by name; all else is a string that nothing in it can turn into code. Only
    // the form -Name:$true or -Name:$false is more than text, so that a switch can be turned off (about_Pwsh, -File).
    private static IEnumerable<string> Parse(IEnumerable<string> words)
    {
        var onlyValues = false;
        foreach (var word in words)
        {
            var name = onlyValues ? 0 : ParameterLength(word);
            if (word == "--" && !onlyValues)
            {
                // As in a script's own text: everything after it is an argument.
                onlyValues = true;
                yield return word;
            }
            else if (name == 0)
            {
                yield return Quote(word);
            }
            else if (name == word.Length)
            {
                yield return word;
            }
            else
            {
                yield return word[..name] + ":" + Value(word[(name + 1)..]);
            }
        }
    }

    // "-Name:" alone takes the next word as its value.
    private static string Value(string value) => value.ToLowerInvariant() switch
    {
        "" => "",
        "$true" or "$false" => value,
        _ => Quote(value),
    };

    // 0 for what is no parameter: a negative number, a lone dash, a name with anything but word characters in it.
    private static int ParameterLength(string word)
    {
        if (word.Length < 2 || word[0] != '-' || !(char.IsLetter(word[1]) || word[1] is '_' or '?'))
        {
            return 0;
        }

        var end = 1;
        while (end < word.Length && (char.IsLetterOrDigit(word[end]) || word[end] is '_' or '?' or '-'))
        {
            end++;
        }

        return end == word.Length || word[end] == ':' ? end : 0;
    }

    private static string Quote(string text) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
}
