using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Execution;

public sealed class PromptTests
{
    private const string Ask = """
        function f { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param([Parameter(ValueFromPipeline)] $x)
        process { if ($PSCmdlet.ShouldProcess("item $x", 'Remove')) { "did $x" } } } 1..3 | f
        """;

    [Theory]
    [InlineData("y\nn\ny\n", "did 1,did 3")]
    [InlineData("a\n", "did 1,did 2,did 3")]
    [InlineData("n\nl\n", "")]
    [InlineData("\n\n\n", "did 1,did 2,did 3")]
    [InlineData("what\nyes\nN\nNo\n", "did 1")]
    public async Task Confirm_takes_answers(string answers, string done)
    {
        var result = await ShellProgram.RunAsync(["-c", Ask], answers);
        var did = result.Lines.Where(line => line.Contains("did ", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("did ", StringComparison.Ordinal)..]);
        Assert.Equal(done, string.Join(',', did));
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_no_yes()
    {
        var result = await ShellProgram.RunAsync(["-c", Ask], "y\n");
        Assert.DoesNotContain("did 2", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Standard input ended before the question was answered", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_is_an_error_when_nobody_is_there()
    {
        var result = await ShellProgram.RunAsync(["-NonInteractive", "-c", "Read-Host name"], "bob\n");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("NonInteractive", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Host_reads_a_line() =>
        Assert.Equal(
            "name: hello bob",
                (await ShellProgram.RunAsync(["-c", "$n = Read-Host name; \"hello $n\""], "bob\n")).Output.Trim());

    [Fact]
    public async Task A_mandatory_parameter_is_asked_for()
    {
        var result = await ShellProgram.RunAsync(
            ["-c", "function f { param([Parameter(Mandatory)][int] $n, [Parameter(Mandatory)][string[]] $s) \"$n $s\" } f"], "x\n5\na\nb\n\n");
        Assert.Contains("5 a b", result.Output, StringComparison.Ordinal);
        Assert.Contains("'x' is no Int32.", result.Error, StringComparison.Ordinal);
    }
}
