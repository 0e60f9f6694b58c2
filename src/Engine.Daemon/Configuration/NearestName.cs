namespace Engine.Daemon.Configuration;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The known name that takes the fewest edits (Levenshtein), unless that is too many to be a slip.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">The names that there are.</param>
    public static string? Find(string name, IEnumerable<string> known)
    {
        // Two edits, or a third of a long name: more than that suggests a name that was never meant.
        var limit = Math.Max(2, Math.Min(name.Length, 64) / 3);
        return known
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= limit)
            .Select(candidate => (candidate, edits: Edits(name, candidate)))
            .Where(found => found.edits <= limit)
            .OrderBy(found => found.edits)
            .Select(found => found.candidate)
            .FirstOrDefault();
    }

    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]);
                var edits = Math.Min(diagonal + (same ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1);
                (diagonal, row[j]) = (row[j], edits);
            }
        }

        return row[to.Length];
    }
}
