namespace Engine.Linux.Processes;

/// <summary>How a process ended (waitid(2)).</summary>
/// <param name="Code">The exit code, 0 to 255, or 128 plus the signal's number, as a shell counts.</param>
/// <param name="Signal">The signal that ended it, if one did.</param>
public readonly record struct ExitStatus(int Code, Signal? Signal)
{
    /// <summary>It ended by itself with code 0.</summary>
    public bool IsSuccess => Code == 0;
}
