namespace Engine.Shell.CommandLine;

/// <summary>What the command line asks for, in pwsh's own terms (about_Pwsh).</summary>
internal sealed record ShellOptions
{
    /// <summary>Text given with -Command; "-" was turned into <see cref="ReadCommandsFromInput"/>.</summary>
    public string? Command { get; init; }

    /// <summary>A script's path as given, from -File or the first positional argument.</summary>
    public string? File { get; init; }

    /// <summary>All that follows the script's path, uninterpreted.</summary>
    public IReadOnlyList<string> FileArguments { get; init; } = [];

    /// <summary>Standard input holds the commands: -Command -, -File -, or no command and a redirected input.</summary>
    public bool ReadCommandsFromInput { get; init; }

    /// <summary>No banner at an interactive start.</summary>
    public bool NoLogo { get; init; }

    /// <summary>The user's profile script is not run.</summary>
    public bool NoProfile { get; init; }

    /// <summary>A prompt is an error instead of a question.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>The prompt follows the command or script.</summary>
    public bool NoExit { get; init; }

    /// <summary>-Version: print it and end.</summary>
    public bool ShowVersion { get; init; }

    /// <summary>-Help: print the usage and end.</summary>
    public bool ShowHelp { get; init; }

    /// <summary>Hand over to a pwsh on PATH that is new enough.</summary>
    public bool UsePwsh { get; init; }

    /// <summary>The folder to start in, or null for the process's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The command line without -UsePwsh: what pwsh is given.</summary>
    public IReadOnlyList<string> PwshArguments { get; init; } = [];

    /// <summary>Whether neither a command nor a script was given.</summary>
    public bool HasNoWork => Command is null && File is null && !ReadCommandsFromInput;
}
