using Engine.Daemon.Configuration;

namespace Engine.Daemon.Tests.Configuration;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--bogus")]
    [InlineData("word")]
    [InlineData("--log-level")]
    [InlineData("--log-level", "info", "--log-level", "debug")]
    [InlineData("@file")]
    [InlineData("[suggest]")]
    [InlineData("--host", "unix:///a", "unix:///b")]
    public void What_cannot_be_understood_is_an_error(params string[] arguments) =>
        Assert.NotEmpty(new CommandLine(arguments).Errors);

    [Fact]
    public void A_flag_that_is_not_there_has_no_arguments()
    {
        var commandLine = new CommandLine(["--init"]);
        Assert.Empty(commandLine.Errors);
        Assert.Null(commandLine.Arguments("--log-level"));
        Assert.Empty(commandLine.Arguments("--init")!);
        Assert.Equal(["false"], new CommandLine(["--init", "false"]).Arguments("--init"));
        Assert.Equal(["false"], new CommandLine(["--init=false"]).Arguments("--init"));
    }

    [Fact]
    public void Every_flag_of_a_setting_is_one_of_the_command_line() =>
        Assert.All(
            Setting.All.Where(setting => setting.Flag is not null),
            setting => Assert.Null(new CommandLine([]).Arguments(setting.Flag!)));
}
