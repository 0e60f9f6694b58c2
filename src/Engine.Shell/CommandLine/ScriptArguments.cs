using System.Management.Automation.Runspaces;

namespace Engine.Shell.CommandLine;

/// <summary>Turns the words after a script's path into parameters, as pwsh -File binds them.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// Words that look like a parameter bind by name; all else is a string. Only the form -Name:$true or -Name:$false is
    /// more than text, so that a switch can be turned off (about_Pwsh, -File).
    /// </summary>
    public static IEnumerable<CommandParameter> Parse(IEnumerable<string> words)
    {
        var onlyValues = false;
        foreach (var word in words)
        {
            if (onlyValues || !LooksLikeParameter(word))
            {
                yield return new CommandParameter(null, word);
            }
            else if (word == "--")
            {
                // As in a script's own text: everything after it is an argument.
                onlyValues = true;
                yield return new CommandParameter(word);
            }
            else if (word.IndexOf(':', StringComparison.Ordinal) is > 1 and var colon)
            {
                yield return WithValue(word[..colon], word[(colon + 1)..]);
            }
            else
            {
                yield return new CommandParameter(word);
            }
        }
    }

    private static CommandParameter WithValue(string name, string value) => value.ToLowerInvariant() switch
    {
        // "-Name:" takes the next word as its value; the colon tells the binder so.
        "" => new CommandParameter(name + ":"),
        "$true" => new CommandParameter(name, true),
        "$false" => new CommandParameter(name, false),
        _ => new CommandParameter(name, value),
    };

    // A negative number is a value: -1 must not become a parameter called "1".
    private static bool LooksLikeParameter(string word) =>
        word == "--" || (word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] is '_' or '?'));
}
