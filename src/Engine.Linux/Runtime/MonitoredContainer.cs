using Engine.Linux.Processes;

namespace Engine.Linux.Runtime;

/// <summary>A container that conmon looks after. Disposing lets go of it and does nothing to it.</summary>
public sealed class MonitoredContainer : IDisposable
{
    private readonly ProcessHandle _monitor;
    private readonly ProcessHandle? _process;

    internal MonitoredContainer(MonitorPaths paths, ProcessHandle monitor, ProcessHandle? process)
    {
        Paths = paths;
        _monitor = monitor;
        _process = process;
    }

    /// <summary>The container's id and where its traces are.</summary>
    public MonitorPaths Paths { get; }

    /// <summary>conmon's number.</summary>
    public int MonitorPid => _monitor.Pid;

    /// <summary>The number of the container's first process; 0 when it has ended already.</summary>
    public int Pid => _process?.Pid ?? 0;

    /// <summary>Sends a signal to the container's first process; false when it has ended.</summary>
    public bool Send(Signal signal) => _process?.Send(signal) ?? false;

    /// <summary>Kills conmon, for a container that is to go with it. The container itself must be deleted by force.</summary>
    public void KillMonitor() => _monitor.Send(Signal.Kill);

    /// <summary>
    /// Waits for the end. conmon writes the log to its last byte, then the exit file, then ends: when this completes, the
    /// log is whole. A conmon that was killed leaves no exit file: then the code is unknown.
    /// </summary>
    public async Task<MonitoredExit> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _monitor.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return MonitoredExit.TryRead(Paths) ?? new MonitoredExit(null, null, File.Exists(Paths.OutOfMemoryFile));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _monitor.Dispose();
        _process?.Dispose();
    }
}
