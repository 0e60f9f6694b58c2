namespace Engine.Linux.Processes;

/// <summary>
/// A process for good: numbers are used again, but not with the same start time, and not within one boot (keep
/// <see cref="Host.BootIdentity"/> beside it where it is written down).
/// </summary>
/// <param name="Pid">The number.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot (proc_pid_stat(5), field 22).</param>
public readonly record struct ProcessInstance(int Pid, long StartTicks);
