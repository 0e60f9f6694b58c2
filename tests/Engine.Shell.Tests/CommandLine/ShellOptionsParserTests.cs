using Engine.Shell.CommandLine;

namespace Engine.Shell.Tests.CommandLine;

public sealed class ShellOptionsParserTests
{
    [Theory]
    [InlineData("-Command")]
    [InlineData("-c")]
    [InlineData("--command")]
    [InlineData("-COMM")]
    public void The_rest_of_the_line_is_the_command(string option)
    {
        var options = ShellOptionsParser.Parse([option, "echo", "a b", "-NoLogo"]);
        Assert.Equal("echo a b -NoLogo", options.Command);
        Assert.False(options.NoLogo);
    }

    [Fact]
    public void A_dash_reads_the_commands_from_standard_input()
    {
        var options = ShellOptionsParser.Parse(["-NoLogo", "-c", "-"]);
        Assert.True(options.ReadCommandsFromInput);
        Assert.Null(options.Command);
    }

    [Fact]
    public void The_first_word_that_is_no_option_is_the_script()
    {
        var options = ShellOptionsParser.Parse(["-nop", "-nol", "./build.ps1", "Demo", "-Verbose"]);
        Assert.Equal("./build.ps1", options.File);
        Assert.Equal(["Demo", "-Verbose"], options.FileArguments);
        Assert.True(options is { NoProfile: true, NoLogo: true });
    }

    [Fact]
    public void File_takes_the_script_and_its_arguments()
    {
        var options = ShellOptionsParser.Parse(["-f", "x.ps1", "-c", "y"]);
        Assert.Equal("x.ps1", options.File);
        Assert.Equal(["-c", "y"], options.FileArguments);
        Assert.Null(options.Command);
    }

    [Fact]
    public void An_execution_policy_is_taken_and_ignored() =>
        Assert.Equal("x.ps1", ShellOptionsParser.Parse(["-ex", "Bypass", "x.ps1"]).File);

    [Theory]
    [InlineData("-nosuch", "Unknown option")]
    [InlineData("-no", "ambiguous")]
    [InlineData("-c", "needs a value")]
    [InlineData("-File", "needs a value")]
    [InlineData("-wd", "needs a value")]
    [InlineData("--", "Unknown option")]
    public void A_command_line_that_cannot_be_read_says_why(string argument, string reason) =>
        Assert.Contains(
            reason, Assert.Throws<ShellOptionsException>(() =>
                ShellOptionsParser.Parse([argument])).Message, StringComparison.Ordinal);

    [Fact]
    public void Pwsh_is_given_all_but_the_word_that_hands_over_to_it()
    {
        var options = ShellOptionsParser.Parse(["-NoLogo", "-UsePwsh", "-wd", "/tmp", "-File", "x.ps1", "a"]);
        Assert.True(options.UsePwsh);
        Assert.Equal(["-NoLogo", "-wd", "/tmp", "-File", "x.ps1", "a"], options.PwshArguments);
    }

    [Fact]
    public void Nothing_at_all_is_an_interactive_shell() => Assert.True(ShellOptionsParser.Parse([]).HasNoWork);
}
