using System.Management.Automation;
using System.Management.Automation.Host;

namespace Engine.Shell.Hosting;

/// <summary>
/// The streams on the console: where each goes, and in which colour. The prompts are in the other part.
/// </summary>
internal sealed partial class ShellUserInterface : PSHostUserInterface, IHostUISupportsMultipleChoiceSelection
{
    private const string Reset = "\e[0m";

    private readonly ShellRawUserInterface _rawUI = new();
    private readonly ProgressDisplay _progress;
    private readonly bool _nonInteractive;
    private readonly bool _colouredErrors;
    private readonly Stack<OutputCapture> _captures = new();
    private readonly Lock _gate = new();

    public ShellUserInterface(bool nonInteractive)
    {
        _nonInteractive = nonInteractive;
        // https://no-color.org, and terminals that say that they know no escape sequences.
        var colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        SupportsVirtualTerminal = colours && !Console.IsOutputRedirected;
        _colouredErrors = colours && !Console.IsErrorRedirected;
        _progress = new ProgressDisplay(enabled: !Console.IsOutputRedirected && !nonInteractive, TimeProvider.System);
    }

    public override PSHostRawUserInterface RawUI => _rawUI;

    public override bool SupportsVirtualTerminal { get; }

    /// <summary>
    /// From here to the capture's end, what is written goes into its text, formatted for <paramref name="width"/>
    /// columns.
    /// </summary>
    public OutputCapture Capture(int width)
    {
        var capture = new OutputCapture(width, ended => EndCapture(ended));
        _captures.Push(capture);
        _rawUI.CaptureWidth = width;
        return capture;
    }

    /// <summary>Takes the progress line off the screen: somebody else is about to write there.</summary>
    public void HideProgress()
    {
        lock (_gate)
        {
            _progress.Hide();
        }
    }

    public override void Write(string value) => WriteText(value, newLine: false);

    public override void WriteLine(string value) => WriteText(value, newLine: true);

    public override void WriteLine() => WriteText("", newLine: true);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteText(Coloured(foregroundColor, backgroundColor, value), newLine: false);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteText(Coloured(foregroundColor, backgroundColor, value), newLine: true);

    public override void WriteErrorLine(string value)
    {
        if (_captures.TryPeek(out var capture))
        {
            capture.Write(GetOutputString(value, false), newLine: true);
            return;
        }

        lock (_gate)
        {
            _progress.Hide();
            Console.Out.Flush();
            Console.Error.WriteLine(_colouredErrors
                ? GetFormatStyleString(FormatStyle.Error) + value + Reset
                : GetOutputString(value, false));
        }
    }

    // pwsh, too, writes these to standard output: only errors go to standard error.
    public override void WriteWarningLine(string message) => WriteStyled(FormatStyle.Warning, "WARNING: ", message);

    public override void WriteVerboseLine(string message) => WriteStyled(FormatStyle.Verbose, "VERBOSE: ", message);

    public override void WriteDebugLine(string message) => WriteStyled(FormatStyle.Debug, "DEBUG: ", message);

    public override void WriteInformation(InformationRecord record)
    {
        // PowerShell writes a record's text by Write and WriteLine itself; the record as such is for transcripts.
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate)
        {
            _progress.Show(sourceId, record);
        }
    }

    // In a file or a string the record is its message; the console tells by a word and a colour what it is.
    private void WriteStyled(FormatStyle style, string kind, string message) => WriteText(
        _captures.Count > 0
            ? message
            : SupportsVirtualTerminal
            ? GetFormatStyleString(style) + kind + message + Reset
            : kind + message,
        newLine: true);

    private void WriteText(string? text, bool newLine)
    {
        text ??= "";
        if (_captures.TryPeek(out var capture))
        {
            capture.Write(text, newLine);
            return;
        }

        lock (_gate)
        {
            _progress.Hide();
            text = GetOutputString(text, SupportsVirtualTerminal);
            if (newLine)
            {
                Console.Out.WriteLine(text);
            }
            else
            {
                Console.Out.Write(text);
            }
        }
    }

    private string Coloured(ConsoleColor foreground, ConsoleColor background, string value)
    {
        if (!SupportsVirtualTerminal || string.IsNullOrEmpty(value))
        {
            return value;
        }

        // An unset colour comes as -1.
        var start = (Enum.IsDefined(foreground) ? PSStyle.MapForegroundColorToEscapeSequence(foreground) : "")
            + (Enum.IsDefined(background) ? PSStyle.MapBackgroundColorToEscapeSequence(background) : "");
        return start.Length == 0 ? value : start + value + Reset;
    }

    private void EndCapture(OutputCapture capture)
    {
        // Captures nest; one that ends out of turn takes those that were begun in it with it.
        while (_captures.TryPop(out var top) && top != capture)
        {
        }

        _rawUI.CaptureWidth = _captures.TryPeek(out var outer) ? outer.Width : null;
    }
}
