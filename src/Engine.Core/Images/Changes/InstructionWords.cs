using System.Text;

namespace Engine.Core.Images.Changes;

/// <summary>
/// The words of an instruction's argument by the rules of a Dockerfile: quotes and backslashes, and
/// <c>$name</c>, <c>${name}</c>, <c>${name:-default}</c>, <c>${name:+other}</c> outside single quotes. Variables are
/// those that were set before the instruction.
/// </summary>
internal sealed class InstructionWords(string change, string text, IReadOnlyList<string> environment)
{
    /// <summary>All of it as one word: spaces stay.</summary>
    public string Whole()
    {
        var at = 0;
        return Next(ref at, endsAtSpace: false, endsAt: '\0');
    }

    /// <summary>The words, which spaces separate.</summary>
    public IReadOnlyList<string> Words()
    {
        var words = new List<string>();
        for (var at = SkipSpaces(0); at < text.Length; at = SkipSpaces(at))
        {
            words.Add(Next(ref at, endsAtSpace: true, endsAt: '\0'));
        }

        return words;
    }

    /// <summary><c>name=value name=value …</c>, or in the old form <c>name value with spaces</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Pairs()
    {
        var pairs = new List<(string, string)>();
        for (var at = SkipSpaces(0); at < text.Length; at = SkipSpaces(at))
        {
            var name = Next(ref at, endsAtSpace: true, endsAt: '=');
            if (name.Length == 0)
            {
                throw ConfigurationChanges.Invalid(change, "A name is empty: write name=value.");
            }

            if (at < text.Length && text[at] == '=')
            {
                at++;
                pairs.Add((name, Next(ref at, endsAtSpace: true, endsAt: '\0')));
            }
            else if (pairs.Count == 0 && SkipSpaces(at) is var value && value < text.Length)
            {
                return [(name, Next(ref value, endsAtSpace: false, endsAt: '\0'))];
            }
            else
            {
                throw ConfigurationChanges.Invalid(change, $"'{name}' has no value: write {name}=value.");
            }
        }

        return pairs;
    }

    private int SkipSpaces(int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private string Next(ref int at, bool endsAtSpace, char endsAt)
    {
        var word = new StringBuilder();
        var quote = '\0';
        while (at < text.Length)
        {
            var c = text[at];
            if (quote == '\0' && ((endsAtSpace && c is ' ' or '\t') || (endsAt != '\0' && c == endsAt)))
            {
                break;
            }

            at++;
            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '\\' && quote != '\'' && at < text.Length
                && (quote == '\0' || text[at] is '"' or '$' or '\\'))
            {
                word.Append(text[at++]);
            }
            else if (c == '$' && quote != '\'')
            {
                word.Append(Variable(ref at));
            }
            else
            {
                word.Append(c);
            }
        }

        return quote == '\0'
            ? word.ToString()
            : throw ConfigurationChanges.Invalid(change, $"A quote ({quote}) is not closed.");
    }

    private string Variable(ref int at)
    {
        var braced = at < text.Length && text[at] == '{';
        var start = braced ? at + 1 : at;
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var name = text[start..end];
        if (!braced)
        {
            at = end;
            return name.Length == 0 ? "$" : ValueOf(name) ?? "";
        }

        var close = text.IndexOf('}', end);
        if (name.Length == 0 || close < 0)
        {
            throw ConfigurationChanges.Invalid(change, "A substitution is not of the form ${name}.");
        }

        at = close + 1;
        var modifier = text[end..close];
        var value = ValueOf(name) ?? "";
        return modifier switch
        {
            "" => value,
            [':', '-', ..] => value.Length > 0 ? value : modifier[2..],
            [':', '+', ..] => value.Length > 0 ? modifier[2..] : "",
            _ => throw ConfigurationChanges.Invalid(
                change, $"'{modifier}' is not known here; ${{name:-default}} and ${{name:+other}} are."),
        };
    }

    private string? ValueOf(string name) => environment
        .Where(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(variable => variable[(name.Length + 1)..])
        .FirstOrDefault();
}
