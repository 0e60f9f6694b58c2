using System.Globalization;
using System.Security.Cryptography;

namespace Engine.Core.Containers.Names;

/// <summary>Makes names for containers that were given none: an adjective, and the surname of somebody worth knowing.</summary>
internal static class NameGenerator
{
    /// <summary>
    /// Names to try in turn, each less likely to be taken than the one before: a plain one, five with a digit, and at
    /// last the short id, which nobody else has.
    /// </summary>
    public static IEnumerable<string> Candidates(string containerId)
    {
        yield return Pair();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            yield return Pair() + RandomNumberGenerator.GetInt32(10).ToString(CultureInfo.InvariantCulture);
        }

        yield return containerId[..12];
    }

    private static string Pair() => $"{Pick(Adjectives.All)}_{Pick(Surnames.All)}";

    private static string Pick(string[] words) => words[RandomNumberGenerator.GetInt32(words.Length)];
}
