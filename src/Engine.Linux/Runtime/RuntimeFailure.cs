using System.Text.RegularExpressions;

namespace Engine.Linux.Runtime;

/// <summary>Turns what crun or runc wrote into an error that says what was wrong with the container.</summary>
public static partial class RuntimeFailure
{
    /// <summary>
    /// The exit code of a container that could not be started, as Docker and shells count: 127 when the command is not
    /// there, 126 when it may not be executed, 128 for all else.
    /// </summary>
    public static int ExitCodeOf(string reason) => reason switch
    {
        EngineErrorReason.CommandNotFound => 127,
        EngineErrorReason.CommandNotExecutable => 126,
        _ => 128,
    };

    /// <summary>The error for a container that the runtime could not make or start.</summary>
    internal static EngineException OfStart(string id, string? command, string text)
    {
        string message = Clean(text);
        string what = QuotedCommand().Match(message) is { Success: true } match ? match.Groups["command"].Value : command ?? "?";
        if (message.Contains("not found in $PATH", StringComparison.Ordinal)
            || StatOfCommand().IsMatch(message))
        {
            return new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.CommandNotFound,
                $"The command '{what}' is not in the container's file system or in its PATH.", id, new RuntimeMessageException(message));
        }

        if (message.Contains("open executable:", StringComparison.Ordinal) || ExecDenied().IsMatch(message))
        {
            return new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.CommandNotExecutable,
                $"The command '{what}' may not be executed: it is a directory, or lacks the permission to execute.", id,
                new RuntimeMessageException(message));
        }

        return message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
            ? new EngineException(
                EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull, $"The container cannot start, because a disk is full: {message}", id)
            : new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.ContainerStartFailed, $"The container cannot start: {message}", id);
    }

    /// <summary>Whether the text says that the runtime knows no such container.</summary>
    internal static bool IsUnknownContainer(string text) =>
        text.Contains("does not exist", StringComparison.Ordinal)
        || (text.Contains("No such file or directory", StringComparison.Ordinal)
            && (text.Contains("/status`", StringComparison.Ordinal) || text.Contains("cannot open directory", StringComparison.Ordinal)));

    /// <summary>Whether the text says that the container's process is gone.</summary>
    internal static bool IsNotRunning(string text) =>
        text.Contains("not running", StringComparison.Ordinal) || text.Contains("No such process", StringComparison.Ordinal)
        || text.Contains("process already finished", StringComparison.Ordinal) || text.Contains("is not running", StringComparison.Ordinal);

    /// <summary>The message without time stamps, levels and the words that only name the program.</summary>
    internal static string Clean(string text)
    {
        // conmon passes on at most 8 KiB, and runc logs several lines, of which the last says what happened.
        string line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason was given";
        if (RuncMessage().Match(line) is { Success: true } structured)
        {
            line = structured.Groups["message"].Value.Replace("\\\"", "\"", StringComparison.Ordinal);
        }

        line = LeadingNoise().Replace(line, "");
        return line.EndsWith('.') ? line : line + ".";
    }

    [GeneratedRegex("""^(?:\d{4}-\d\d-\d\dT[\d:.]+Z: )?(?:\[conmon:\w\]: )?(?:error: )?(?:runc (?:create|run|start) failed: )?(?:unable to start container process: )?(?:OCI runtime error: )?""")]
    private static partial Regex LeadingNoise();

    [GeneratedRegex("""msg="(?<message>(?:[^"\\]|\\.)*)"|"msg":"(?<message>(?:[^"\\]|\\.)*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex RuncMessage();

    [GeneratedRegex("""executable file `(?<command>[^`]*)`|exec: "(?<command>[^"]*)":""")]
    private static partial Regex QuotedCommand();

    [GeneratedRegex("""exec: "[^"]*": (?:stat .*no such file or directory|executable file not found)""")]
    private static partial Regex StatOfCommand();

    [GeneratedRegex("""exec: "[^"]*": (?:permission denied|is a directory)""")]
    private static partial Regex ExecDenied();
}
