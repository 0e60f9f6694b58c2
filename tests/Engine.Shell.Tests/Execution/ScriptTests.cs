using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Execution;

public sealed class ScriptTests
{
    private const string Echo = """
        param([string] $Name, [switch] $Flag, [int] $Number, [Parameter(ValueFromRemainingArguments)] $Rest)
        "name=$Name flag=$Flag number=$Number rest=$($Rest -join '|')"
        """;

    [Theory]
    [InlineData("name=x flag=True number=3 rest=a|b c", "-Name", "x", "-Flag", "-Number", "3", "a", "b c")]
    [InlineData("name=x y flag=False number=-1 rest=", "-Name:x y", "-Flag:$false", "-Number", "-1")]
    [InlineData("name=-q flag=False number=0 rest=", "--", "-q")]
    [InlineData("name=$(1) flag=False number=0 rest=", "$(1)")]
    public async Task Arguments_bind_to_the_scripts_parameters(string expected, params string[] arguments)
    {
        using var folder = new TemporaryDirectory();
        var result = await ShellProgram.RunAsync([folder.Write("s.ps1", Echo), .. arguments]);
        Assert.Equal(expected, result.Output.Trim());
    }

    [Fact]
    public async Task An_unknown_parameter_is_an_error()
    {
        using var folder = new TemporaryDirectory();
        var result = await ShellProgram.RunAsync(folder.Write("s.ps1", "[CmdletBinding()] param() 'ran'"), "-Nosuch");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Nosuch", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_script_knows_where_it_is()
    {
        using var folder = new TemporaryDirectory();
        folder.Write("s.ps1", "$PSScriptRoot; $PSCommandPath; $MyInvocation.MyCommand.Path; $pwd.Path");
        var result = await ShellProgram.RunAsync(["s.ps1"], "", folder.Path);
        Assert.Equal([folder.Path, folder["s.ps1"], folder["s.ps1"], folder.Path], result.Lines);
    }

    [Theory]
    [InlineData("\"<$input>\"", "<a b>")]
    [InlineData("process { \"<$_>\" }", "<a>\n<b>")]
    [InlineData("'no input'", "no input")]
    public async Task Standard_input_is_the_scripts_input(string script, string expected)
    {
        using var folder = new TemporaryDirectory();
        var result = await ShellProgram.RunAsync([folder.Write("s.ps1", script)], "a\nb\n");
        Assert.Equal(expected, result.Output.Trim());
    }

    [Fact]
    public async Task A_script_that_takes_no_input_does_not_wait_for_it()
    {
        using var process = ShellProgram.Start(["-c", "'done'"]);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        // Standard input stays open.
        Assert.Equal("done", (await ShellProgram.EndAsync(process, output, error)).Output.Trim());
    }

    [Theory]
    [InlineData("-c", "-")]
    [InlineData]
    public async Task Commands_come_from_standard_input(params string[] arguments)
    {
        var result = await ShellProgram.RunAsync(arguments, "$x = 20\n$x + 1; exit 4");
        Assert.Equal("21", result.Output.Trim());
        Assert.Equal(4, result.ExitCode);
    }

    [Fact]
    public async Task The_working_directory_can_be_given()
    {
        Assert.Equal("/usr", (await ShellProgram.RunAsync("-wd", "/usr", "-c", "$pwd.Path; sh -c 'pwd'")).Lines[0]);
        Assert.Equal(64, (await ShellProgram.RunAsync("-wd", "/nonexistent", "-c", "1")).ExitCode);
    }
}
