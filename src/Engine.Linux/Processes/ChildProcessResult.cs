using System.Text;

namespace Engine.Linux.Processes;

/// <summary>What a child left behind.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Output">What it wrote to standard output, up to the limit.</param>
/// <param name="Error">What it wrote to standard error, up to the limit.</param>
public sealed record ChildProcessResult(ExitStatus Status, byte[] Output, byte[] Error)
{
    /// <summary>Standard error as text, without white space around it.</summary>
    public string ErrorText => Encoding.UTF8.GetString(Error).Trim();
}
