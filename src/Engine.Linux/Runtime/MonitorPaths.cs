namespace Engine.Linux.Runtime;

/// <summary>Where conmon leaves what outlives it. All directories must be there and belong to the engine alone.</summary>
/// <param name="Id">The container.</param>
/// <param name="StateDirectory">
/// The container's own directory in the exec-root, which a reboot empties; conmon's working directory.
/// </param>
/// <param name="ExitDirectory">The directory where every container's exit file appears, by id.</param>
public sealed record MonitorPaths(string Id, string StateDirectory, string ExitDirectory)
{
    /// <summary>Holds the number of the container's first process.</summary>
    public string PidFile => Path.Combine(StateDirectory, "pid");

    /// <summary>Holds conmon's number.</summary>
    public string MonitorPidFile => Path.Combine(StateDirectory, "conmon.pid");

    /// <summary>Holds the exit code. Appears by rename, after the log is complete.</summary>
    public string ExitFile => Path.Combine(ExitDirectory, Id);

    /// <summary>Appears when the kernel killed a process of the container for want of memory.</summary>
    public string OutOfMemoryFile => Path.Combine(StateDirectory, "oom");
}
