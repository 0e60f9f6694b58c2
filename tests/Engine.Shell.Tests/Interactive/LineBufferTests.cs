using CsCheck;
using Engine.Shell.Interactive;

namespace Engine.Shell.Tests.Interactive;

public sealed class LineBufferTests
{
    private static readonly (string Name, Action<LineBuffer> Do)[] s_moves =
    [
        ("left", b => b.Left()), ("right", b => b.Right()), ("home", b => b.Home()), ("end", b => b.End()),
        ("word left", b => b.WordLeft()), ("word right", b => b.WordRight()), ("backspace", b => b.Backspace()),
        ("delete", b => b.Delete()), ("cut to end", b => b.CutToEnd()), ("cut to start", b => b.CutToStart()),
        ("cut word", b => b.CutWordLeft()), ("cut next", b => b.CutWordRight()), ("paste", b => b.Paste()),
        ("type", b => b.Insert("x y")), ("type wide", b => b.Insert("\U0001F600")),
    ];

    [Fact]
    public void What_was_cut_comes_back()
    {
        var line = new LineBuffer();
        line.Set("one two three");
        line.WordLeft();
        line.CutToEnd();
        line.Home();
        line.Paste();
        Assert.Equal(("threeone two ", 5), (line.Text, line.Cursor));
    }

    [Fact]
    public void Backspace_takes_a_whole_character()
    {
        var line = new LineBuffer();
        line.Set("a\U0001F600");
        line.Backspace();
        Assert.Equal("a", line.Text);
    }

    [Fact]
    public void No_key_leaves_the_cursor_outside_or_inside_a_character() =>
        Gen.Int[0, s_moves.Length - 1].List[0, 40].Sample(keys =>
        {
            var line = new LineBuffer();
            foreach (var key in keys)
            {
                s_moves[key].Do(line);
                Assert.InRange(line.Cursor, 0, line.Text.Length);
                Assert.False(
                    line.Cursor > 0 && line.Cursor < line.Text.Length && char.IsLowSurrogate(line.Text[line.Cursor]),
                    $"after {s_moves[key].Name} the cursor is inside a character of '{line.Text}'");
            }
        });
}
