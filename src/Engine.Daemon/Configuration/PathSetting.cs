namespace Engine.Daemon.Configuration;

/// <summary>Settings that are paths.</summary>
internal static class PathSetting
{
    /// <summary>An absolute path, without <c>.</c>, <c>..</c>, doubled or closing slashes.</summary>
    public static string? Absolute(SettingValue value)
    {
        const string expected = "an absolute path";
        var text = value.Text(expected);
        if (text is not null && !text.StartsWith('/'))
        {
            value.Fault(expected);
            return null;
        }

        return text is null ? null : Normal(text);
    }

    /// <summary>An absolute path of a directory that the engine may fill as it likes.</summary>
    public static string? Root(SettingValue value)
    {
        var path = Absolute(value);
        if (path == "/")
        {
            value.Fault("a directory of the engine's own, not the root of the file system");
            return null;
        }

        return path;
    }

    /// <summary>An absolute path of a program.</summary>
    public static string? Program(SettingValue value)
    {
        var path = Absolute(value);
        if (path is not null && !IsProgram(path))
        {
            value.Fault("the path of a program that exists");
            return null;
        }

        return path;
    }

    /// <summary>True when a file is there and somebody may execute it.</summary>
    public static bool IsProgram(string path) => File.Exists(path)
        && (File.GetUnixFileMode(path)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    /// <summary>True when one directory is the other or lies in it.</summary>
    public static bool Overlap(string left, string right) =>
        $"{left}/".StartsWith($"{right}/", StringComparison.Ordinal)
        || $"{right}/".StartsWith($"{left}/", StringComparison.Ordinal);

    private static string Normal(string path)
    {
        var full = Path.GetFullPath(path);
        return full.Length > 1 ? full.TrimEnd('/') : full;
    }
}
