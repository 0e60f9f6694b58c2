namespace Engine.Integration.Tests.Harness;

/// <summary>What a container's run came to.</summary>
public sealed record RunResult(Container Container, int ExitCode, string Output, string Error)
{
    /// <summary>The output's lines, without empty ones at the end.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>The output of a run that must have succeeded, without the newline at its end.</summary>
    public string Text
    {
        get
        {
            Assert.True(ExitCode == 0, $"It ended with {ExitCode}. Output: {Output} Error: {Error}");
            return Output.TrimEnd('\n');
        }
    }
}
