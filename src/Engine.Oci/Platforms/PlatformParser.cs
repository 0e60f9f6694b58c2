using System.Diagnostics.CodeAnalysis;

namespace Engine.Oci.Platforms;

/// <summary>Reads a platform as a person writes it (containerd/platforms, Parse).</summary>
internal static class PlatformParser
{
    private const int MaxLength = 255;

    public static bool TryParse(string? text, Platform host, [NotNullWhen(true)] out Platform? platform)
    {
        platform = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
        {
            return false;
        }

        string[] parts = text.Split('/');
        if (parts.Length > 3 || !TrySplitVersion(parts[0], out string first, out string? version)
            || parts.Skip(1).Any(static part => !IsWord(part)))
        {
            return false;
        }

        platform = parts.Length == 1
            ? OneWord(first, version, host)
            : new Platform { Os = first, OsVersion = version, Architecture = parts[1], Variant = parts.Length > 2 ? parts[2] : null }
                .Normalized;
        return platform is not null;
    }

    // A single word is a system if it is one, else a processor; a word that is neither is more likely a mistake than a
    // platform.
    private static Platform? OneWord(string word, string? version, Platform host)
    {
        string system = PlatformSpelling.NormalizeSystem(word);
        if (PlatformSpelling.IsKnownSystem(system))
        {
            return host with { Os = system, OsVersion = version };
        }

        (string architecture, string? variant) = PlatformSpelling.NormalizeArchitecture(word, "");
        return version is null && PlatformSpelling.IsKnownArchitecture(architecture)
            ? new Platform { Os = host.Os, Architecture = architecture, Variant = string.IsNullOrEmpty(variant) ? null : variant }
            : null;
    }

    private static bool TrySplitVersion(string text, out string os, out string? version)
    {
        os = text;
        version = null;
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && text.EndsWith(')'))
        {
            os = text[..open];
            version = text[(open + 1)..^1];
        }

        return IsWord(os) && (version is null || IsWord(version));
    }

    // [A-Za-z0-9_.-]+
    private static bool IsWord(string text) =>
        text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
