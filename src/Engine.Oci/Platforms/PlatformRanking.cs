using System.Globalization;

namespace Engine.Oci.Platforms;

/// <summary>
/// Which of an image's platforms suits a machine best (containerd/platforms, Only): the same one first, then older
/// generations of the processor, then what the processor runs besides (386 on amd64, arm on arm64).
/// </summary>
public static class PlatformRanking
{
    private const int OldestArm = 5;

    /// <summary>How well a platform suits: 0 is exactly, more is worse; null when it does not run there.</summary>
    /// <param name="wanted">The machine's platform, or the one that was asked for.</param>
    /// <param name="candidate">The image's platform.</param>
    /// <param name="strict">Whether only the very same platform will do.</param>
    public static int? Rank(Platform wanted, Platform candidate, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(candidate);
        Platform want = wanted.Normalized;
        Platform have = candidate.Normalized;
        if (want.Os != have.Os)
        {
            return null;
        }

        int rank = 0;
        foreach ((string architecture, string variant) in Compatible(want.Architecture, want.Variant ?? ""))
        {
            if (have.Architecture == architecture && (have.Variant ?? "") == variant)
            {
                return rank;
            }

            if (strict)
            {
                return null;
            }

            rank++;
        }

        return null;
    }

    /// <summary>The best of several; the first of equals. False when none runs there.</summary>
    /// <typeparam name="T">What carries the platforms.</typeparam>
    /// <param name="wanted">The machine's platform, or the one that was asked for.</param>
    /// <param name="candidates">What to choose from.</param>
    /// <param name="platformOf">The platform of a candidate, or null for one that must not be chosen.</param>
    /// <param name="best">The best of them.</param>
    /// <param name="strict">Whether only the very same platform will do.</param>
    public static bool TryChoose<T>(
        Platform wanted, IEnumerable<T> candidates, Func<T, Platform?> platformOf, out T? best, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(platformOf);
        best = default;
        int bestRank = int.MaxValue;
        foreach (T candidate in candidates)
        {
            if (platformOf(candidate) is { } platform && Rank(wanted, platform, strict) is { } rank && rank < bestRank)
            {
                best = candidate;
                bestRank = rank;
            }
        }

        return bestRank < int.MaxValue;
    }

    // All in normal spelling: amd64 v1 and arm64 v8.0 have no variant.
    private static IEnumerable<(string Architecture, string Variant)> Compatible(string architecture, string variant)
    {
        yield return (architecture, variant);
        switch (architecture)
        {
            case "amd64":
                for (int level = Number(variant.AsSpan().TrimStart('v')) - 1; level >= 1; level--)
                {
                    yield return ("amd64", level == 1 ? "" : Level(level));
                }

                yield return ("386", "");
                break;
            case "arm64":
                foreach (string older in OlderArm64(variant))
                {
                    yield return ("arm64", older);
                }

                // The 32-bit side of an ARMv8 processor runs all older generations.
                for (int generation = 8; generation >= OldestArm; generation--)
                {
                    yield return ("arm", Level(generation));
                }

                break;
            case "arm":
                for (int generation = Number(variant.AsSpan().TrimStart('v')) - 1; generation >= OldestArm; generation--)
                {
                    yield return ("arm", Level(generation));
                }

                break;
            default:
                break;
        }
    }

    // Arm architecture reference manual: v9.N includes v8.(N+5).
    private static IEnumerable<string> OlderArm64(string variant)
    {
        ReadOnlySpan<char> text = variant.AsSpan().TrimStart('v');
        int dot = text.IndexOf('.');
        int major = text.IsEmpty ? 8 : Number(dot < 0 ? text : text[..dot]);
        int minor = dot < 0 ? 0 : Number(text[(dot + 1)..]);
        return major is 8 or 9 ? Older(major, minor) : [];

        static IEnumerable<string> Older(int major, int minor)
        {
            for (int below = minor - 1; below >= 0; below--)
            {
                yield return Arm64Level(major, below);
            }

            for (int below = minor + 5; major == 9 && below >= 0; below--)
            {
                yield return Arm64Level(8, below);
            }
        }
    }

    private static string Arm64Level(int major, int minor) => (major, minor) switch
    {
        (8, 0) => "",
        (_, 0) => Level(major),
        _ => string.Create(CultureInfo.InvariantCulture, $"v{major}.{minor}"),
    };

    private static string Level(int number) => "v" + number.ToString(CultureInfo.InvariantCulture);

    private static int Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 99
            ? number
            : 0;
}
