using System.Globalization;

namespace Engine.Core.Containers.Users;

/// <summary>A line of passwd(5).</summary>
internal sealed record PasswdEntry(string Name, uint Uid, uint Gid, string Home)
{
    /// <summary>The entries of a file; lines that are none are passed over, as the C library does.</summary>
    public static IEnumerable<PasswdEntry> ReadAll(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Trim().Split(':');
            if (fields.Length >= 6 && fields[0].Length > 0
                && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
                && uint.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var gid))
            {
                yield return new PasswdEntry(fields[0], uid, gid, fields[5]);
            }
        }
    }
}
