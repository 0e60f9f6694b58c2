using System.Globalization;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Changes;

/// <summary>
/// Reads HEALTHCHECK: <c>NONE</c>, or <c>[--interval=30s] [--timeout=…] [--start-period=…] [--start-interval=…]
/// [--retries=3] CMD command</c>.
/// </summary>
internal static class HealthcheckInstruction
{
    private const long Millisecond = 1_000_000;

    /// <param name="change">The whole instruction, for messages.</param>
    /// <param name="rest">Its argument.</param>
    /// <param name="command">Reads a command: the program and its arguments, or null for a line for the shell.</param>
    public static ImageHealthcheck Parse(string change, string rest, Func<string, IReadOnlyList<string>?> command)
    {
        var check = new ImageHealthcheck();
        var hasOption = false;
        while (rest.StartsWith("--", StringComparison.Ordinal))
        {
            var end = rest.AsSpan().IndexOfAny(' ', '\t');
            check = WithOption(change, check, end < 0 ? rest : rest[..end]);
            rest = end < 0 ? "" : rest[end..].TrimStart();
            hasOption = true;
        }

        var space = rest.AsSpan().IndexOfAny(' ', '\t');
        var kind = (space < 0 ? rest : rest[..space]).ToUpperInvariant();
        var line = space < 0 ? "" : rest[space..].Trim();
        return kind switch
        {
            "NONE" when line.Length == 0 && !hasOption => new ImageHealthcheck { Test = ["NONE"] },
            "CMD" when line.Length > 0 => check with
            {
                Test = command(line) is { } words ? ["CMD", .. words] : ["CMD-SHELL", line],
            },
            _ => throw ConfigurationChanges.Invalid(
                change, "Write HEALTHCHECK NONE, or HEALTHCHECK with options and CMD and a command."),
        };
    }

    private static ImageHealthcheck WithOption(string change, ImageHealthcheck check, string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        var value = equals < 0 ? "" : option[(equals + 1)..];
        return (equals < 0 ? option : option[..equals]) switch
        {
            "--interval" => check with { Interval = Duration(change, value) },
            "--timeout" => check with { Timeout = Duration(change, value) },
            "--start-period" => check with { StartPeriod = Duration(change, value) },
            "--start-interval" => check with { StartInterval = Duration(change, value) },
            "--retries" => check with { Retries = Count(change, value) },
            var other => throw ConfigurationChanges.Invalid(
                change,
                $"'{other}' is no option of a health check; --interval, --timeout, --start-period, --start-interval and "
                + "--retries are."),
        };
    }

    // As Docker: 0 means the default, and anything below a millisecond is a mistake.
    private static long Duration(string change, string text) =>
        DurationText.TryParse(text, out var nanoseconds) && nanoseconds is 0 or >= Millisecond
            ? nanoseconds
            : throw ConfigurationChanges.Invalid(
                change, $"'{text}' is no time: write 30s, 1m30s or 500ms; at least 1ms, or 0 for the default.");

    private static int Count(string change, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw ConfigurationChanges.Invalid(change, $"'{text}' is no number of retries.");
}
