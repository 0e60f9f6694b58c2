namespace Engine.Shell.Tests.Fixtures;

/// <summary>How a shell ended, and what it said.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output's lines, without blank ends.</summary>
    public IReadOnlyList<string> Lines => [.. Output.TrimEnd().Split('\n').Select(line => line.TrimEnd())];
}
