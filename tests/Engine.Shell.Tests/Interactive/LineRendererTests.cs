using Engine.Shell.Interactive;

namespace Engine.Shell.Tests.Interactive;

public sealed class LineRendererTests
{
    [Fact]
    public void The_cursor_goes_to_its_column()
    {
        using var terminal = new StringWriter();
        new LineRenderer(terminal, () => 80).Draw("> ", "hello", 2);
        Assert.EndsWith("> hello\r\e[4C", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_the_screen_is_wiped_from_its_first_row()
    {
        using var terminal = new StringWriter();
        var renderer = new LineRenderer(terminal, () => 10);
        renderer.Draw("> ", new string('x', 25), 25);
        terminal.GetStringBuilder().Clear();
        renderer.Draw("> ", "y", 1);
        Assert.StartsWith("\e[2A\r\e[J", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_row_puts_the_cursor_on_the_next()
    {
        using var terminal = new StringWriter();
        new LineRenderer(terminal, () => 10).Draw("> ", "12345678", 8);
        Assert.EndsWith("12345678\r\n\r", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wide_characters_take_two_columns_and_colours_none()
    {
        using var terminal = new StringWriter();
        new LineRenderer(terminal, () => 80).Draw("\e[32m>\e[0m ", "\u4f60\u597d", 2);
        Assert.EndsWith("\r\e[6C", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_do_not_act()
    {
        using var terminal = new StringWriter();
        new LineRenderer(terminal, () => 80).Draw("> ", "a\e]0;title\a", 1);
        Assert.DoesNotContain("\e]0", terminal.ToString(), StringComparison.Ordinal);
    }
}
