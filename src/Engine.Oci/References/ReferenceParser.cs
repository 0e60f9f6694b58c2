using System.Diagnostics.CodeAnalysis;

namespace Engine.Oci.References;

/// <summary>Reads what a person writes (distribution/reference, normalize.go: ParseNormalizedNamed).</summary>
internal static class ReferenceParser
{
    public const string TagRule =
        "a tag has 1 to 128 letters, digits, '_', '.' and '-', and begins with a letter, a digit or '_'";

    private const string LegacyDefaultDomain = "index.docker.io";

    public static bool TryParse(
        string text,
        string? defaultTag,
        [NotNullWhen(true)] out ImageReference? reference,
        [NotNullWhen(false)] out string? fault,
        out bool digestFault)
    {
        reference = null;
        digestFault = false;
        if (WholeFault(text) is { } whole)
        {
            fault = whole;
            return false;
        }

        Digest? digest = null;
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0 && !Digest.TryParse(text[(at + 1)..], out digest, out fault))
        {
            digestFault = true;
            return false;
        }

        string named = at < 0 ? text : text[..at];
        (string domain, string remainder) = SplitDomain(named);
        int colon = remainder.IndexOf(':', StringComparison.Ordinal);
        string path = colon < 0 ? remainder : remainder[..colon];
        string? tag = colon < 0 ? null : remainder[(colon + 1)..];
        fault = PartsFault(domain, path, tag);
        if (fault is not null)
        {
            return false;
        }

        reference = new ImageReference(domain, path, tag ?? (digest is null ? defaultTag : null), digest);
        return true;
    }

    // The first component is a registry only if it could not be the first part of a path on Docker Hub.
    public static (string Domain, string Remainder) SplitDomain(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string domain = ImageReference.DefaultDomain;
        string remainder = name;
        if (slash >= 0)
        {
            ReadOnlySpan<char> first = name.AsSpan(0, slash);
            if (first is LegacyDefaultDomain)
            {
                remainder = name[(slash + 1)..];
            }
            else if (first is "localhost" || first.ContainsAny('.', ':') || first.ContainsAnyInRange('A', 'Z'))
            {
                domain = first.ToString();
                remainder = name[(slash + 1)..];
            }
        }

        return domain == ImageReference.DefaultDomain && !remainder.Contains('/', StringComparison.Ordinal)
            ? (domain, ImageReference.OfficialPrefix + remainder)
            : (domain, remainder);
    }

    private static string? WholeFault(string text) => text switch
    {
        "" => "it is empty",
        { Length: > ReferenceGrammar.MaxReferenceLength } =>
            $"it is longer than {ReferenceGrammar.MaxReferenceLength} characters",
        _ when ReferenceGrammar.IsIdentifier(text) =>
            "64 hexadecimal digits are an image id, which is not a name; choose another name",
        _ => null,
    };

    private static string? PartsFault(string domain, string path, string? tag)
    {
        if (path.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            return "the repository's name must be lower-case";
        }

        if (!ReferenceGrammar.IsDomain(domain))
        {
            return $"'{Shown.Text(domain)}' is not a registry's host name or address";
        }

        if (!ReferenceGrammar.IsPath(path))
        {
            return "a repository's name has parts of lower-case letters and digits, with '.', '_', '__' or '-' between "
                + "them, separated by '/'";
        }

        if (path.Length > ReferenceGrammar.MaxPathLength)
        {
            return $"the repository's name is longer than {ReferenceGrammar.MaxPathLength} characters";
        }

        return tag is null || ReferenceGrammar.IsTag(tag) ? null : TagRule;
    }
}
