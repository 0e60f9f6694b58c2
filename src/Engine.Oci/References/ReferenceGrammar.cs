using System.Buffers;

namespace Engine.Oci.References;

/// <summary>
/// The pieces of Docker's reference grammar (distribution/reference, reference.go), as scanners that look at each
/// character once: a reference comes from anybody, so its cost may not depend on how it is written.
/// </summary>
internal static class ReferenceGrammar
{
    public const int MaxTagLength = 128;
    public const int MaxPathLength = 255;

    // Longer than any domain (253), port, path, tag and sha512 digest together.
    public const int MaxReferenceLength = 1024;

    private static readonly SearchValues<char> s_tag =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    private static readonly SearchValues<char> s_ipv6 = SearchValues.Create("0123456789abcdefABCDEF:");

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    // tag := [A-Za-z0-9_][A-Za-z0-9_.-]{0,127}
    public static bool IsTag(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxTagLength && text[0] is not ('.' or '-') && !text.ContainsAnyExcept(s_tag);

    // An image id: never a name, because a look-up could not tell the two apart.
    public static bool IsIdentifier(ReadOnlySpan<char> text) => text.Length == 64 && !text.ContainsAnyExcept(s_hex);

    // domain := host [":" port]; host := component ("." component)* | "[" IPv6 "]"
    public static bool IsDomain(ReadOnlySpan<char> text)
    {
        int hostEnd;
        if (text.StartsWith('['))
        {
            int close = text.IndexOf(']');
            if (close < 2 || text[1..close].ContainsAnyExcept(s_ipv6))
            {
                return false;
            }

            hostEnd = close + 1;
        }
        else
        {
            int colon = text.IndexOf(':');
            hostEnd = colon < 0 ? text.Length : colon;
            foreach (Range part in text[..hostEnd].Split('.'))
            {
                if (!IsDomainComponent(text[part]))
                {
                    return false;
                }
            }
        }

        ReadOnlySpan<char> port = text[hostEnd..];
        return port.IsEmpty || (port[0] == ':' && port.Length > 1 && !port[1..].ContainsAnyExceptInRange('0', '9'));
    }

    // path := component ("/" component)*
    public static bool IsPath(ReadOnlySpan<char> text)
    {
        foreach (Range part in text.Split('/'))
        {
            if (!IsPathComponent(text[part]))
            {
                return false;
            }
        }

        return true;
    }

    // component := [a-z0-9]+ ( ("." | "_" | "__" | "-"+) [a-z0-9]+ )*
    private static bool IsPathComponent(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (true)
        {
            int start = at;
            while (at < text.Length && text[at] is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                at++;
            }

            if (at == start)
            {
                return false;
            }

            if (at == text.Length)
            {
                return true;
            }

            int run = text[at..].IndexOfAnyExcept(text[at]);
            int longest = text[at] switch { '.' => 1, '_' => 2, '-' => int.MaxValue, _ => 0 };
            if (run < 0 || run > longest)
            {
                return false;
            }

            at += run;
        }
    }

    private static bool IsDomainComponent(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return text.Length > 0 && text[0] != '-' && text[^1] != '-';
    }
}
