namespace Engine.Shell.CommandLine;

/// <summary>
/// Reads the command line as pwsh does: options by unique prefix or short name, one dash or two, case ignored.
/// </summary>
internal static class ShellOptionsParser
{
    /// <summary>pwsh's exit code for a command line that it cannot read.</summary>
    public const int BadCommandLine = 64;

    // Name, and pwsh's short names that are no prefix of it or that a prefix alone would make ambiguous.
    private static readonly (string Name, string[] Short)[] s_options =
    [
        ("command", ["c"]), ("file", ["f"]), ("help", ["h", "?"]), ("version", ["v"]), ("nologo", ["nol"]),
        ("noprofile", ["nop"]), ("noninteractive", ["noni"]), ("noexit", ["noe"]), ("interactive", ["i"]),
        ("workingdirectory", ["wd", "wo"]), ("executionpolicy", ["ex", "ep"]), ("usepwsh", []), ("login", ["l"]),
    ];

    /// <summary>Parses the arguments.</summary>
    /// <exception cref="ShellOptionsException">An option is unknown, or lacks its value.</exception>
    public static ShellOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ShellOptions();
        var forPwsh = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Length < 2 || argument[0] != '-')
            {
                return WithFile(options, argument, arguments, i, forPwsh);
            }

            var name = Resolve(argument);
            if (name == "usepwsh")
            {
                options = options with { UsePwsh = true };
                continue;
            }

            forPwsh.Add(argument);
            switch (name)
            {
                case "command":
                    return WithCommand(options, arguments, i, forPwsh);
                case "file":
                    return WithFile(options, Value(arguments, ++i, "-File", "a script's path"), arguments, i, forPwsh);
                case "workingdirectory":
                    var folder = Value(arguments, ++i, "-WorkingDirectory", "a folder");
                    options = options with { WorkingDirectory = folder };
                    forPwsh.Add(arguments[i]);
                    break;
                case "executionpolicy":
                    // Execution policies exist on Windows only; pwsh takes and ignores the option elsewhere.
                    forPwsh.Add(Value(arguments, ++i, "-ExecutionPolicy", "a policy's name"));
                    break;
                default:
                    options = WithSwitch(options, name);
                    break;
            }
        }

        return options with { PwshArguments = forPwsh };
    }

    private static ShellOptions WithSwitch(ShellOptions options, string name) => name switch
    {
        "help" => options with { ShowHelp = true },
        "version" => options with { ShowVersion = true },
        "nologo" => options with { NoLogo = true },
        "noprofile" => options with { NoProfile = true },
        "noninteractive" => options with { NonInteractive = true },
        "noexit" => options with { NoExit = true },
        _ => options,
    };

    private static ShellOptions WithCommand(
        ShellOptions options, IReadOnlyList<string> arguments, int at, List<string> forPwsh)
    {
        var rest = arguments.Skip(at + 1).ToList();
        if (rest.Count == 0)
        {
            throw new ShellOptionsException(
                "-Command needs a value: the commands to run, or - to read them from standard input.");
        }

        forPwsh.AddRange(rest);
        options = options with { PwshArguments = forPwsh };
        return rest is ["-"]
            ? options with { ReadCommandsFromInput = true }
            : options with { Command = string.Join(' ', rest) };
    }

    private static ShellOptions WithFile(
        ShellOptions options, string path, IReadOnlyList<string> arguments, int at, List<string> forPwsh)
    {
        forPwsh.AddRange(arguments.Skip(at));
        options = options with { PwshArguments = forPwsh };
        return path == "-"
            ? options with { ReadCommandsFromInput = true }
            : options with { File = path, FileArguments = [.. arguments.Skip(at + 1)] };
    }

    private static string Value(IReadOnlyList<string> arguments, int at, string option, string expected) =>
        at < arguments.Count ? arguments[at] : throw new ShellOptionsException($"{option} needs a value: {expected}.");

    private static string Resolve(string argument)
    {
        var given = argument.TrimStart('-').ToLowerInvariant();
        foreach (var (name, shortNames) in s_options)
        {
            if (name == given || shortNames.Contains(given))
            {
                return name;
            }
        }

        var matches = given.Length == 0
            ? []
            : s_options.Where(option => option.Name.StartsWith(given, StringComparison.Ordinal)).ToList();
        return matches.Count == 1
            ? matches[0].Name
            : throw new ShellOptionsException(matches.Count == 0
                ? $"Unknown option '{argument}'."
                : $"Option '{argument}' is ambiguous: {string.Join(", ", matches.Select(m => "-" + m.Name))}.");
    }
}
