using Engine.Linux.Processes;

namespace Engine.Linux.Tests.Processes;

public sealed class ProcessStatusTests
{
    [Fact]
    public void A_name_with_spaces_and_parentheses_does_not_confuse()
    {
        ProcessStatus? status = ProcessStatus.Parse(
            12, "12 (a) R 1 (b) S 34 12 56 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 1 1 1\n"u8);

        Assert.Equal(new ProcessStatus(new ProcessInstance(12, 987654), 34, 56, 'S', "a) R 1 (b"), status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 (a")]
    [InlineData("12 (a)")]
    [InlineData("12 (a) S 1")]
    [InlineData("12 )a( S 1 2 3")]
    public void A_line_cut_short_is_none(string text) => Assert.Null(ProcessStatus.Parse(12, System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void This_process_is_found_with_its_arguments()
    {
        Assert.Equal(Environment.ProcessId, ProcessStatus.TryRead(Environment.ProcessId)?.Identity.Pid);
        Assert.NotEmpty(ProcessStatus.TryReadArguments(Environment.ProcessId)!);
        Assert.Null(ProcessStatus.TryReadArguments(int.MaxValue));
    }
}
