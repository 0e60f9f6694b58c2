using System.Management.Automation.Host;

namespace Engine.Shell.Hosting;

/// <summary>
/// The screen's measures and colours. What a terminal cannot do (read back its cells) is not supported, as in pwsh on
/// Linux.
/// </summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    // What a redirected output is formatted for: fixed, so that a log looks the same wherever it was made.
    private const int RedirectedWidth = 120;
    private const int RedirectedHeight = 50;

    /// <summary>Set while output goes into a string: the width asked for there, in columns.</summary>
    public int? CaptureWidth { get; set; }

    public override ConsoleColor ForegroundColor
    {
        get => Console.ForegroundColor;
        set => Console.ForegroundColor = value;
    }

    public override ConsoleColor BackgroundColor
    {
        get => Console.BackgroundColor;
        set => Console.BackgroundColor = value;
    }

    public override Size BufferSize
    {
        get => new(CaptureWidth ?? Columns, Rows);
        set => throw new TerminalLimitException("A terminal's buffer cannot be resized.");
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw new TerminalLimitException("A terminal's window cannot be resized.");
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition
    {
        get => Console.IsOutputRedirected || Console.IsInputRedirected
            ? new(0, 0)
            : new(Console.CursorLeft, Console.CursorTop);
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    public override int CursorSize
    {
        get => 25;
        set { }
    }

    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;

    public override string WindowTitle
    {
        get => "Engine.Shell";
        set
        {
            if (!Console.IsOutputRedirected)
            {
                Console.Title = value;
            }
        }
    }

    private static int Columns => Console.IsOutputRedirected ? RedirectedWidth : Interactive.TerminalWidth.Columns;

    private static int Rows => Console.IsOutputRedirected ? RedirectedHeight : Math.Max(1, Console.WindowHeight);

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        var key = Console.ReadKey(intercept: (options & ReadKeyOptions.NoEcho) != 0);
        ControlKeyStates state = default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : default;
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    // Clear-Host fills the whole buffer with blanks at (-1, -1, -1, -1).
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (!Console.IsOutputRedirected)
        {
            Console.Clear();
        }
    }

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new TerminalLimitException("A terminal's cells cannot be written as a block.");

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) =>
        throw new TerminalLimitException("A terminal's cells cannot be read back.");

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new TerminalLimitException("A terminal's cells cannot be moved.");
}
