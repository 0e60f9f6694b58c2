namespace Engine.Shell.Interactive;

/// <summary>The commands that were typed, oldest first, kept in a file across sessions.</summary>
internal sealed class History
{
    private const int Limit = 4096;

    private readonly string? _path;
    private readonly List<string> _commands;

    private History(string? path, List<string> commands)
    {
        _path = path;
        _commands = commands;
    }

    /// <summary>Where the history is kept: state, by the XDG base directory specification.</summary>
    public static string DefaultPath { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "engine", "shell-history");

    /// <summary>How many commands there are.</summary>
    public int Count => _commands.Count;

    /// <summary>The command at a position, 0 the oldest.</summary>
    public string this[int index] => _commands[index];

    /// <summary>Reads the file; what cannot be read is an empty history.</summary>
    public static History Load(string? path)
    {
        try
        {
            var lines = path is not null && File.Exists(path) ? File.ReadAllLines(path) : [];
            return new History(path, [.. lines.TakeLast(Limit).Select(Decode)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new History(null, []);
        }
    }

    /// <summary>Adds a command; the same one twice in a row counts once.</summary>
    public void Add(string command)
    {
        if (_commands.Count > 0 && _commands[^1] == command)
        {
            return;
        }

        _commands.Add(command);
        // As other shells have it: a command that begins with a blank is not written down.
        if (_path is not null && !command.StartsWith(' '))
        {
            Append(command);
        }
    }

    /// <summary>The newest command before <paramref name="before"/> that holds the text, or -1.</summary>
    public int FindBackwards(string text, int before)
    {
        for (var i = Math.Min(before, _commands.Count) - 1; i >= 0; i--)
        {
            if (_commands[i].Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    private void Append(string command)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path!)!);
            // Commands hold secrets at times: the file is the user's alone from its first byte on.
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(_path!, options);
            using var writer = new StreamWriter(stream);
            writer.Write(Encode(command) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A home that cannot be written: the history lives as long as the session.
        }
    }

    // One command a line.
    private static string Encode(string command) =>
        command.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Decode(string line)
    {
        var text = new System.Text.StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var escaped = line[i] == '\\' && i + 1 < line.Length;
            text.Append(escaped ? (line[++i] == 'n' ? '\n' : line[i]) : line[i]);
        }

        return text.ToString();
    }
}
