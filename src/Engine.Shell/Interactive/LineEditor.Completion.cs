namespace Engine.Shell.Interactive;

/// <summary>Tab and Ctrl+R.</summary>
internal sealed partial class LineEditor
{
    private const int MostListed = 200;

    // The first Tab writes what all candidates share; a second one, when that decides nothing, lists them.
    private void CompleteWord()
    {
        var offer = completer!.Complete(_buffer.Text, _buffer.Cursor);
        if (offer.Candidates.Count == 0)
        {
            _tabbed = false;
            return;
        }

        var typed = _buffer.Text.Substring(offer.Start, offer.Length);
        var common = offer.CommonPrefix();
        // A quote that the candidates begin with, or a word in other case, is longer or equal: never take characters
        // away.
        if (offer.Candidates.Count == 1 || common.Length > typed.Length)
        {
            _buffer.Replace(offer.Start, offer.Length, common);
            _tabbed = offer.Candidates.Count > 1;
            return;
        }

        if (_tabbed)
        {
            List(offer);
        }

        _tabbed = !_tabbed;
    }

    private void List(CompletionOffer offer)
    {
        _renderer.Finish(_prompt, _buffer.Text);
        var shown = offer.Candidates.Take(MostListed).Select(candidate => candidate.Shown).ToList();
        var column = shown.Max(text => text.Length) + 2;
        var perRow = Math.Max(1, TerminalWidth.Columns / column);
        foreach (var row in shown.Chunk(perRow))
        {
            Console.Out.WriteLine(string.Concat(row.Select(text => text.PadRight(column))).TrimEnd());
        }

        if (offer.Candidates.Count > MostListed)
        {
            Console.Out.WriteLine($"… and {offer.Candidates.Count - MostListed} more");
        }
    }

    // Each key narrows the search; Ctrl+R goes further back. True with the key that ended it, to be acted on.
    private bool SearchHistory(out ConsoleKeyInfo ending)
    {
        var (sought, before, found) = ("", history!.Count, "");
        var original = _buffer.Text;
        while (true)
        {
            _renderer.Draw($"(history: '{sought}') ", found, found.Length);
            ending = Console.ReadKey(intercept: true);
            if (IsControl(ending, ConsoleKey.G) || IsControl(ending, ConsoleKey.C) || ending.Key == ConsoleKey.Escape)
            {
                _buffer.Set(original);
                return false;
            }

            var next = IsControl(ending, ConsoleKey.R);
            if (ending.Key == ConsoleKey.Backspace)
            {
                sought = sought.Length > 0 ? sought[..^1] : "";
                before = history.Count;
            }
            else if (!next && !char.IsControl(ending.KeyChar))
            {
                sought += ending.KeyChar;
                before = history.Count;
            }
            else if (!next)
            {
                _buffer.Set(found);
                return true;
            }

            var at = sought.Length == 0 ? -1 : history.FindBackwards(sought, before);
            if (at >= 0)
            {
                (before, found) = (at, history[at]);
            }
        }
    }
}
