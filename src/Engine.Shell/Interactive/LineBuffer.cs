namespace Engine.Shell.Interactive;

/// <summary>A line being typed, and the cursor in it. The moves and cuts are those of Emacs and readline.</summary>
internal sealed class LineBuffer
{
    private string _cut = "";

    /// <summary>The text so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The cursor: 0 before the first character, the length after the last.</summary>
    public int Cursor { get; private set; }

    /// <summary>Replaces all, cursor at the end.</summary>
    public void Set(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    /// <summary>Puts text at the cursor.</summary>
    public void Insert(string text) => Replace(Cursor, 0, text);

    /// <summary>Puts text in place of a part; the cursor goes behind it.</summary>
    public void Replace(int start, int length, string text)
    {
        Text = Text[..start] + text + Text[(start + length)..];
        Cursor = start + text.Length;
    }

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void Left() => Cursor -= StepLeft();

    public void Right() => Cursor += StepRight();

    public void WordLeft() => Cursor = WordStart();

    public void WordRight() => Cursor = WordEnd();

    public void Backspace() => Replace(Cursor - StepLeft(), StepLeft(), "");

    public void Delete() => Replace(Cursor, StepRight(), "");

    public void CutToEnd() => Cut(Cursor, Text.Length);

    public void CutToStart() => Cut(0, Cursor);

    public void CutWordLeft() => Cut(WordStart(), Cursor);

    public void CutWordRight() => Cut(Cursor, WordEnd());

    public void Paste() => Insert(_cut);

    private void Cut(int from, int to)
    {
        if (from < to)
        {
            _cut = Text[from..to];
            Replace(from, to - from, "");
        }
    }

    // A surrogate pair is one character to whoever types it.
    private int StepLeft() => Cursor == 0 ? 0 : Cursor > 1 && char.IsLowSurrogate(Text[Cursor - 1]) ? 2 : 1;

    private int StepRight() =>
        Cursor == Text.Length ? 0 : Cursor + 1 < Text.Length && char.IsHighSurrogate(Text[Cursor]) ? 2 : 1;

    private int WordStart()
    {
        var at = Cursor;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private int WordEnd()
    {
        var at = Cursor;
        while (at < Text.Length && char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        while (at < Text.Length && !char.IsWhiteSpace(Text[at]))
        {
            at++;
        }

        return at;
    }
}
