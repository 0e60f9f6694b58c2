namespace Engine.Linux.Host;

/// <summary>The distribution's description of itself (os-release(5)).</summary>
internal static class OsRelease
{
    private static readonly string[] s_places = ["/etc/os-release", "/usr/lib/os-release"];

    internal static IReadOnlyDictionary<string, string> Read()
    {
        string? path = s_places.FirstOrDefault(File.Exists);
        return path is null ? new Dictionary<string, string>() : Parse(File.ReadAllText(path));
    }

    internal static IReadOnlyDictionary<string, string> Parse(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line[0] != '#' && equals > 0)
            {
                values[line[..equals]] = Unquote(line[(equals + 1)..]);
            }
        }

        return values;
    }

    /// <summary>Values are quoted as a shell quotes; of its escapes only the backslash counts.</summary>
    private static string Unquote(string value)
    {
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
        {
            value = value[1..^1];
        }

        System.Text.StringBuilder plain = new(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            i += value[i] == '\\' && i + 1 < value.Length ? 1 : 0;
            plain.Append(value[i]);
        }

        return plain.ToString();
    }
}
