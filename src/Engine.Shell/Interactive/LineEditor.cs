namespace Engine.Shell.Interactive;

/// <summary>Reads a line from the terminal, key by key.</summary>
internal sealed partial class LineEditor(bool hidden, History? history = null, Completer? completer = null)
{
    private readonly LineBuffer _buffer = new();
    private readonly LineRenderer _renderer = new(Console.Out, () => TerminalWidth.Columns);
    private string _prompt = "";
    private string _draft = "";
    private int _recalled;
    private bool _tabbed;

    /// <summary>The last line was given up by Ctrl+C.</summary>
    public bool Cancelled { get; private set; }

    /// <summary>
    /// Reads up to Enter. Null when Ctrl+C gave the line up, or Ctrl+D on an empty one ended the input.
    /// </summary>
    public string? ReadLine(string prompt)
    {
        (_prompt, _draft, _recalled, _tabbed, Cancelled) = (prompt, "", history?.Count ?? 0, false, false);
        _buffer.Set("");
        _renderer.Begin();
        // Ctrl+C as a key: it clears the line here, and is a signal only while a command runs.
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                // Pasted text is drawn once, not at each of its characters.
                if (!Console.KeyAvailable)
                {
                    Redraw();
                }

                var key = Console.ReadKey(intercept: true);
                if (IsControl(key, ConsoleKey.R) && history is not null && !hidden)
                {
                    if (!SearchHistory(out key))
                    {
                        continue;
                    }
                }

                if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
                {
                    return Finish(_buffer.Text);
                }

                if (IsControl(key, ConsoleKey.C))
                {
                    Cancelled = true;
                    return Finish(null);
                }

                if (IsControl(key, ConsoleKey.D) && _buffer.Text.Length == 0)
                {
                    return Finish(null);
                }

                Apply(key);
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private static bool IsControl(ConsoleKeyInfo key, ConsoleKey letter) =>
        key.Key == letter && key.Modifiers.HasFlag(ConsoleModifiers.Control);

    private string? Finish(string? line)
    {
        _renderer.Finish(_prompt, hidden ? "" : _buffer.Text + (line is null ? "^C" : ""));
        return line;
    }

    private void Redraw() =>
        _renderer.Draw(_prompt, hidden ? "" : _buffer.Text, hidden ? 0 : _buffer.Cursor);

    private void Apply(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Tab && completer is not null)
        {
            CompleteWord();
            return;
        }

        _tabbed = false;
        if (LineKeys.Find(key) is { } move)
        {
            move(_buffer);
        }
        else if (key.Key == ConsoleKey.UpArrow || IsControl(key, ConsoleKey.P))
        {
            Recall(_recalled - 1);
        }
        else if (key.Key == ConsoleKey.DownArrow || IsControl(key, ConsoleKey.N))
        {
            Recall(_recalled + 1);
        }
        else if (IsControl(key, ConsoleKey.L))
        {
            Console.Out.Write("\e[H\e[2J");
            _renderer.Begin();
        }
        else if (!char.IsControl(key.KeyChar))
        {
            _buffer.Insert(key.KeyChar.ToString());
        }
    }

    private void Recall(int position)
    {
        if (history is null || position < 0 || position > history.Count)
        {
            return;
        }

        if (_recalled == history.Count)
        {
            _draft = _buffer.Text;
        }

        _recalled = position;
        _buffer.Set(position == history.Count ? _draft : history[position]);
    }
}
