using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Interactive;

/// <summary>What a person at the prompt sees; on a real pseudo-terminal.</summary>
public sealed class TerminalTests
{
    [Fact]
    public async Task A_command_runs_and_exit_leaves_with_its_code()
    {
        await using var terminal = new ShellTerminal();
        await terminal.SeeAsync("./build.ps1 Build");
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("40 + 2\r");
        await terminal.SeeAsync("\n42\r\n");
        await terminal.TypeAsync("exit 5\r");
        Assert.Equal(5, await terminal.EndAsync());
    }

    [Fact]
    public async Task Tab_completes_what_is_unambiguous_and_lists_the_rest()
    {
        await using var terminal = new ShellTerminal();
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("Get-Chi\t");
        await terminal.SeeAsync("Get-ChildItem");
        await terminal.TypeAsync(" /etc/passw\t");
        await terminal.SeeAsync("/etc/passwd");
        await terminal.TypeAsync("\u0015Get-C\t\t");
        await terminal.SeeAsync("Get-ChildItem");
        await terminal.SeeAsync("Get-Command");
        await terminal.SeeAsync("Get-Content");
    }

    [Fact]
    public async Task An_unfinished_command_goes_on_in_the_next_line()
    {
        await using var terminal = new ShellTerminal();
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("1..2 | % {\r");
        await terminal.SeeAsync(">> ");
        await terminal.TypeAsync("\"n$_\"\r");
        await terminal.SeeAsync(">> ");
        await terminal.TypeAsync("}\r");
        await terminal.SeeAsync("n1\r\nn2");
    }

    [Fact]
    public async Task Ctrl_C_stops_the_command_and_not_the_shell()
    {
        await using var terminal = new ShellTerminal();
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("Write-Host begun; Start-Sleep 300\r");
        await terminal.SeeAsync("\nbegun");
        await terminal.TypeAsync("\u0003");
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("Write-Host native; /bin/sleep 300\r");
        await terminal.SeeAsync("\nnative");
        await terminal.TypeAsync("\u0003");
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("half a line\u0003");
        await terminal.SeeAsync("^C");
        await terminal.TypeAsync("'alive'\r");
        await terminal.SeeAsync("\nalive");
    }

    [Fact]
    public async Task Keys_move_and_edit()
    {
        await using var terminal = new ShellTerminal();
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("b c\u0001'a\u001b[D\u001b[D\u001b[C\u001b[C \u0005'\r");
        await terminal.SeeAsync("\na b c\r\n");
        await terminal.TypeAsync("'one two'\u0017\u007f'\r");
        await terminal.SeeAsync("\none\r\n");
    }

    [Fact]
    public async Task History_comes_back_by_arrow_by_search_and_in_the_next_session()
    {
        await using var terminal = new ShellTerminal();
        await terminal.SeeAsync("PS ");
        await terminal.TypeAsync("'fi' + 'rst'\r");
        await terminal.SeeAsync("\nfirst");
        await terminal.TypeAsync("'sec' + 'ond'\r");
        await terminal.SeeAsync("\nsecond");
        await terminal.TypeAsync("\u001b[A\u001b[A\r");
        await terminal.SeeAsync("\nfirst");
        await terminal.TypeAsync("\u0012ond\r");
        await terminal.SeeAsync("\nsecond");
        var file = Path.Combine(terminal.Home, "engine", "shell-history");
        Assert.Equal(["'fi' + 'rst'", "'sec' + 'ond'", "'fi' + 'rst'", "'sec' + 'ond'"], File.ReadAllLines(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Progress_is_drawn_and_taken_away()
    {
        await using var terminal = new ShellTerminal("-Command", "Write-Progress pull -PercentComplete 50; \"after\"");
        await terminal.SeeAsync("pull [##########          ] 50%");
        await terminal.SeeAsync("\r\e[Kafter");
        Assert.Equal(0, await terminal.EndAsync());
    }

    [Fact]
    public async Task A_secret_is_not_echoed()
    {
        await using var terminal = new ShellTerminal(
            "-Command", "$s = Read-Host pw -AsSecureString; \"length $($s.Length)\"");
        await terminal.SeeAsync("pw: ");
        await terminal.ReadsHiddenAsync();
        await terminal.TypeAsync("hunter2\r");
        await terminal.SeeAsync("length 7");
        Assert.Equal(0, await terminal.EndAsync());
        Assert.DoesNotContain("hunter2", terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_are_red()
    {
        await using var terminal = new ShellTerminal("-Command", "Write-Error boo");
        await terminal.SeeAsync("\e[31;1m");
        await terminal.SeeAsync("boo");
        Assert.Equal(1, await terminal.EndAsync());
    }
}
