using System.Text.RegularExpressions;

namespace Engine.Oci.Tests.References;

/// <summary>
/// The published grammar (distribution/reference, reference.go) as one regular expression, with the normalisation
/// before it: what the hand-written scanners are compared with.
/// </summary>
internal static partial class DockerGrammar
{
    public static bool Accepts(string text)
    {
        if (Identifier().IsMatch(text))
        {
            return false;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : text[..slash];
        bool hasDomain = slash >= 0
            && (first == "localhost" || first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
                || first.Any(char.IsAsciiLetterUpper));
        string whole = hasDomain ? text : slash < 0 ? "docker.io/library/" + text : "docker.io/" + text;
        return Reference().IsMatch(whole);
    }

    [GeneratedRegex(@"\A[a-f0-9]{64}\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(
        @"\A(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
        + @"/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*"
        + @"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}))?\z")]
    private static partial Regex Reference();
}
