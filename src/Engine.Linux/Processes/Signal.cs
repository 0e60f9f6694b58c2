using System.Globalization;

namespace Engine.Linux.Processes;

/// <summary>A signal, by number, with its names (signal(7)).</summary>
/// <param name="Number">1 to 64.</param>
public readonly record struct Signal(int Number)
{
    private const int RealTimeMin = 34;
    private const int RealTimeMax = 64;

    // The numbers of x86, arm and riscv; the C library keeps 32 and 33 for itself, so that SIGRTMIN is 34.
    private static readonly string[] s_names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR",
        "SYS",
    ];

    /// <summary>Ends a process at once; it cannot be caught.</summary>
    public static Signal Kill { get; } = new(9);

    /// <summary>Asks a process to end.</summary>
    public static Signal Terminate { get; } = new(15);

    /// <summary>The names of all signals, with <c>SIG</c>, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enumerable.Range(1, RealTimeMax).Where(n => n is < 32 or >= RealTimeMin).Select(n => new Signal(n).Name)];

    /// <summary>The name, such as <c>SIGTERM</c> or <c>SIGRTMIN+3</c>.</summary>
    public string Name => Number switch
    {
        > 0 and < 32 => "SIG" + s_names[Number],
        RealTimeMin => "SIGRTMIN",
        RealTimeMax => "SIGRTMAX",
        > RealTimeMin and <= RealTimeMin + 15 => $"SIGRTMIN+{Number - RealTimeMin}",
        > RealTimeMin and < RealTimeMax => $"SIGRTMAX-{RealTimeMax - Number}",
        _ => Number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// Reads a signal as Docker does: a number, or a name in any case, with or without <c>SIG</c>; real-time signals as
    /// <c>RTMIN+n</c> or <c>RTMAX-n</c>.
    /// </summary>
    /// <exception cref="EngineException">It is none (InvalidSignal).</exception>
    public static Signal Parse(string text) =>
        TryParse(text, out Signal signal)
            ? signal
            : throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidSignal,
                $"'{text}' is no signal. Give a name such as SIGTERM or RTMIN+3, or a number from 1 to {RealTimeMax}.", text);

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse(string? text, out Signal signal)
    {
        signal = default;
        ReadOnlySpan<char> name = text.AsSpan().Trim();
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            signal = new Signal(number);
            return number is > 0 and <= RealTimeMax;
        }

        if (name.StartsWith("SIG", StringComparison.OrdinalIgnoreCase))
        {
            name = name[3..];
        }

        if (name.StartsWith("RTM", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseRealTime(name, out signal);
        }

        // The three that have two names (signal(7)) come under the second one too.
        string upper = name.ToString().ToUpperInvariant();
        number = upper switch { "" => 0, "CLD" => 17, "IOT" => 6, "POLL" => 29, _ => Array.IndexOf(s_names, upper) };
        signal = number > 0 ? new Signal(number) : default;
        return number > 0;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool TryParseRealTime(ReadOnlySpan<char> name, out Signal signal)
    {
        bool fromMin = name.StartsWith("RTMIN", StringComparison.OrdinalIgnoreCase);
        bool fromMax = name.StartsWith("RTMAX", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> rest = fromMin || fromMax ? name[5..] : [];
        int offset = 0;
        bool valid = (fromMin || fromMax)
            && (rest.IsEmpty || (rest[0] == (fromMin ? '+' : '-') && int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out offset)))
            && offset <= RealTimeMax - RealTimeMin;
        signal = valid ? new Signal(fromMin ? RealTimeMin + offset : RealTimeMax - offset) : default;
        return valid;
    }
}
