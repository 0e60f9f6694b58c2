using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Execution;

public sealed class StreamTests
{
    [Fact]
    public async Task Only_errors_go_to_standard_error()
    {
        var result = await ShellProgram.RunAsync(
            "-c",
            "Write-Output out; Write-Error err; Write-Warning warn; Write-Verbose verb -Verbose; Write-Debug deb -Debug; Write-Host host; Write-Information info -InformationAction Continue");
        Assert.Equal(["out", "WARNING: warn", "VERBOSE: verb", "DEBUG: deb", "host", "info"], result.Lines);
        Assert.Contains("Write-Error: err", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirected_stream_has_no_escape_sequences()
    {
        var result = await ShellProgram.RunAsync(
            "-c", "Get-Item /etc/passwd; Write-Host red -ForegroundColor Red; Write-Error e; throw 't'");
        Assert.DoesNotContain('\e', result.Output + result.Error);
        Assert.Contains("Exception: t", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_say_where_in_the_script_they_are()
    {
        using var folder = new TemporaryDirectory();
        var result = await ShellProgram.RunAsync(folder.Write("s.ps1", "1\nGet-Item /nonexistent"));
        Assert.Contains("s.ps1:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("Cannot find path '/nonexistent'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_commands_take_part_in_the_pipeline()
    {
        var result = await ShellProgram.RunAsync(
            "-c", "'b','a' | sort; $x = sh -c 'echo hi; exit 3'; \"$x $LASTEXITCODE\"; sh -c 'echo e >&2' 2>&1 | % { \"<$_>\" }");
        Assert.Equal(["a", "b", "hi 3", "<e>"], result.Lines);
    }

    [Fact]
    public async Task Files_take_redirections()
    {
        using var folder = new TemporaryDirectory();
        await ShellProgram.RunAsync(
            ["-c", "1,2 > out; 3 >> out; Write-Warning w 3> warn; sh -c 'echo n' > native"], "", folder.Path);
        Assert.Equal("1\n2\n3\n", File.ReadAllText(folder["out"]));
        Assert.Equal("w\n", File.ReadAllText(folder["warn"]));
        Assert.Equal("n\n", File.ReadAllText(folder["native"]));
    }

    [Fact]
    public async Task Progress_is_quiet_where_nobody_looks()
    {
        var result = await ShellProgram.RunAsync("-c", "1..3 | % { Write-Progress work -PercentComplete $_ }; 'done'");
        Assert.Equal("done", result.Output.Trim());
        Assert.Equal("", result.Error);
    }
}
