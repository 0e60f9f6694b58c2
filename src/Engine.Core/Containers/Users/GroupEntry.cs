using System.Globalization;

namespace Engine.Core.Containers.Users;

/// <summary>A line of group(5).</summary>
internal sealed record GroupEntry(string Name, uint Gid, IReadOnlyList<string> Members)
{
    /// <summary>The entries of a file; lines that are none are passed over, as the C library does.</summary>
    public static IEnumerable<GroupEntry> ReadAll(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Trim().Split(':');
            if (fields.Length >= 3 && fields[0].Length > 0
                && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var gid))
            {
                yield return new GroupEntry(
                    fields[0], gid,
                    fields.Length < 4 ? [] : fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            }
        }
    }
}
