using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Execution;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'x'", 1)]
    [InlineData("sh -c 'exit 5'", 1)]
    [InlineData("sh -c 'exit 5'; 1", 0)]
    [InlineData("sh -c 'exit 5'; exit $LASTEXITCODE", 5)]
    [InlineData("Get-Item /nonexistent", 1)]
    [InlineData("if (", 1)]
    public async Task A_command_ends_with(string command, int code)
    {
        var result = await ShellProgram.RunAsync("-c", command);
        Assert.True(result.ExitCode == code, $"{result.ExitCode}: {result.Output}{result.Error}");
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("sh -c 'exit 7'", 0)]
    [InlineData("sh -c 'exit 7'; exit $LASTEXITCODE", 7)]
    [InlineData("sh -c 'exit 7'; exit 0", 0)]
    [InlineData("function f { exit 9 } f; 'not reached'", 9)]
    [InlineData("throw 'x'", 1)]
    [InlineData("Get-Item /nonexistent", 0)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Item /nonexistent", 1)]
    [InlineData("if (", 1)]
    public async Task A_script_ends_with(string script, int code)
    {
        using var folder = new TemporaryDirectory();
        var result = await ShellProgram.RunAsync("-File", folder.Write("s.ps1", script));
        Assert.True(result.ExitCode == code, $"{result.ExitCode}: {result.Output}{result.Error}");
        Assert.DoesNotContain("not reached", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_a_bad_command_line()
    {
        var result = await ShellProgram.RunAsync("/nonexistent.ps1");
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("'/nonexistent.ps1'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_options_show_the_usage()
    {
        var result = await ShellProgram.RunAsync("-nosuch");
        Assert.Equal(64, result.ExitCode);
        Assert.StartsWith("Unknown option '-nosuch'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_and_help_go_to_standard_output()
    {
        Assert.StartsWith("Engine.Shell ", (await ShellProgram.RunAsync("-Version")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Usage:", (await ShellProgram.RunAsync("-Help")).Output, StringComparison.Ordinal);
    }
}
