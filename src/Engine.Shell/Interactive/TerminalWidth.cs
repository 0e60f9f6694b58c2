namespace Engine.Shell.Interactive;

/// <summary>How wide the terminal is.</summary>
internal static class TerminalWidth
{
    // What a terminal that does not tell its size (a serial line, a bare pseudo-terminal says 0) is taken for.
    private const int Unknown = 80;

    /// <summary>In columns.</summary>
    public static int Columns => Console.WindowWidth is > 0 and var width ? width : Unknown;
}
