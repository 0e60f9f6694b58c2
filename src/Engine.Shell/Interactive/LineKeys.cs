namespace Engine.Shell.Interactive;

/// <summary>Which key moves or cuts what.</summary>
internal static class LineKeys
{
    private static readonly Dictionary<(ConsoleKey, ConsoleModifiers), Action<LineBuffer>> s_keys = new()
    {
        [(ConsoleKey.LeftArrow, 0)] = line => line.Left(),
        [(ConsoleKey.RightArrow, 0)] = line => line.Right(),
        [(ConsoleKey.Home, 0)] = line => line.Home(),
        [(ConsoleKey.End, 0)] = line => line.End(),
        [(ConsoleKey.Delete, 0)] = line => line.Delete(),
        [(ConsoleKey.Backspace, 0)] = line => line.Backspace(),
        [(ConsoleKey.Escape, 0)] = line => line.Set(""),
        [(ConsoleKey.LeftArrow, ConsoleModifiers.Control)] = line => line.WordLeft(),
        [(ConsoleKey.RightArrow, ConsoleModifiers.Control)] = line => line.WordRight(),
        [(ConsoleKey.B, ConsoleModifiers.Alt)] = line => line.WordLeft(),
        [(ConsoleKey.F, ConsoleModifiers.Alt)] = line => line.WordRight(),
        [(ConsoleKey.D, ConsoleModifiers.Alt)] = line => line.CutWordRight(),
        [(ConsoleKey.A, ConsoleModifiers.Control)] = line => line.Home(),
        [(ConsoleKey.E, ConsoleModifiers.Control)] = line => line.End(),
        [(ConsoleKey.B, ConsoleModifiers.Control)] = line => line.Left(),
        [(ConsoleKey.F, ConsoleModifiers.Control)] = line => line.Right(),
        [(ConsoleKey.D, ConsoleModifiers.Control)] = line => line.Delete(),
        [(ConsoleKey.H, ConsoleModifiers.Control)] = line => line.Backspace(),
        [(ConsoleKey.Backspace, ConsoleModifiers.Control)] = line => line.Backspace(),
        [(ConsoleKey.K, ConsoleModifiers.Control)] = line => line.CutToEnd(),
        [(ConsoleKey.U, ConsoleModifiers.Control)] = line => line.CutToStart(),
        [(ConsoleKey.W, ConsoleModifiers.Control)] = line => line.CutWordLeft(),
        [(ConsoleKey.Y, ConsoleModifiers.Control)] = line => line.Paste(),
    };

    /// <summary>The key's action, or null when it has none.</summary>
    public static Action<LineBuffer>? Find(ConsoleKeyInfo key) =>
        s_keys.GetValueOrDefault((key.Key, key.Modifiers & ~ConsoleModifiers.Shift));
}
