using System.Globalization;
using System.Management.Automation.Host;
using System.Text;

namespace Engine.Shell.Interactive;

/// <summary>Draws prompt and line, over as many rows as they need, and puts the cursor where it belongs.</summary>
internal sealed class LineRenderer(TextWriter terminal, Func<int> width)
{
    private int _cursorRow;

    /// <summary>Begins anew on the row that the terminal's cursor is on.</summary>
    public void Begin() => _cursorRow = 0;

    /// <summary>Draws all again from the first row on.</summary>
    public void Draw(string prompt, string text, int cursor)
    {
        var columns = Math.Max(1, width());
        var output = new StringBuilder();
        MoveToFirstRow(output);
        output.Append("\r\e[J").Append(prompt.Replace("\n", "\r\n", StringComparison.Ordinal)).Append(Shown(text));
        var (endRow, endColumn) = Position(prompt + text, columns);
        if (endColumn == 0 && endRow > 0 && !(prompt + text).EndsWith('\n'))
        {
            // A terminal stays on the full row until the next character: make it wrap now, so that rows can be counted.
            output.Append("\r\n");
        }

        var (row, column) = Position(prompt + text[..cursor], columns);
        if (endRow > row)
        {
            output.Append(CultureInfo.InvariantCulture, $"\e[{endRow - row}A");
        }

        output.Append('\r');
        if (column > 0)
        {
            output.Append(CultureInfo.InvariantCulture, $"\e[{column}C");
        }

        _cursorRow = row;
        terminal.Write(output);
        terminal.Flush();
    }

    /// <summary>Leaves the line on the screen and goes to the row below it.</summary>
    public void Finish(string prompt, string text)
    {
        Draw(prompt, text, text.Length);
        terminal.Write("\r\n");
        terminal.Flush();
        Begin();
    }

    private void MoveToFirstRow(StringBuilder output)
    {
        if (_cursorRow > 0)
        {
            output.Append(CultureInfo.InvariantCulture, $"\e[{_cursorRow}A");
        }
    }

    // A recalled command may have lines of its own; control characters that were pasted must not act.
    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            shown.Append(character switch
            {
                '\n' => "\r\n",
                _ when char.IsControl(character) => "\u00b7",
                _ => character.ToString(),
            });
        }

        return shown.ToString();
    }

    private static (int Row, int Column) Position(string text, int columns)
    {
        var plain = PSHostUserInterface.GetOutputString(text, supportsVirtualTerminal: false);
        var (row, column) = (0, 0);
        foreach (var rune in plain.EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                (row, column) = (row + 1, 0);
                continue;
            }

            var cells = CellWidth.Of(rune);
            if (column + cells > columns)
            {
                (row, column) = (row + 1, 0);
            }

            column += cells;
            if (column == columns)
            {
                (row, column) = (row + 1, 0);
            }
        }

        return (row, column);
    }
}
