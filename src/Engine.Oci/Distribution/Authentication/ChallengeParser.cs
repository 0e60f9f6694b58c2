using System.Buffers;
using System.Text;

namespace Engine.Oci.Distribution.Authentication;

/// <summary>
/// Reads WWW-Authenticate headers. A header may hold several challenges, with the same comma between challenges as
/// between the parameters of one: a word that is followed by no '=' begins the next.
/// </summary>
internal static class ChallengeParser
{
    private const string Blank = " \t";

    private static readonly SearchValues<char> s_token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>The challenge that is answered: a token's if there is one, since it allows the least.</summary>
    public static AuthChallenge? Choose(IEnumerable<string> headers)
    {
        List<AuthChallenge> all = [.. headers.SelectMany(Parse)];
        return all.Find(static challenge => challenge.IsBearer && challenge.Realm.Length > 0)
            ?? all.Find(static challenge => challenge.IsBasic);
    }

    public static IReadOnlyList<AuthChallenge> Parse(string header)
    {
        var challenges = new List<AuthChallenge>();
        Dictionary<string, string>? parameters = null;
        ReadOnlySpan<char> rest = header;
        while (true)
        {
            rest = rest.TrimStart(Blank + ",");
            if (rest.IsEmpty)
            {
                return challenges;
            }

            ReadOnlySpan<char> word = Word(rest);
            ReadOnlySpan<char> after = rest[word.Length..].TrimStart(Blank);
            if (word.IsEmpty)
            {
                // No grammar has this character here; what comes after it may still make sense.
                rest = rest[1..];
            }
            else if (parameters is not null && after.StartsWith('='))
            {
                rest = Value(after[1..].TrimStart(Blank), out string value);
                parameters.TryAdd(word.ToString(), value);
            }
            else
            {
                parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                challenges.Add(new AuthChallenge(word.ToString(), parameters));
                rest = rest[word.Length..];
            }
        }
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExcept(s_token);
        return end < 0 ? text : text[..end];
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> text, out string value)
    {
        if (!text.StartsWith('"'))
        {
            int end = text.IndexOfAny(',', ' ', '\t');
            value = (end < 0 ? text : text[..end]).ToString();
            return end < 0 ? [] : text[end..];
        }

        var quoted = new StringBuilder();
        int at = 1;
        for (; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            quoted.Append(text[at]);
        }

        value = quoted.ToString();
        return text[Math.Min(at + 1, text.Length)..];
    }
}
