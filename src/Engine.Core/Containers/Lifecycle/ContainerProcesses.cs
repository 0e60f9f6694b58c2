using Engine.Core.Containers.Records;
using Engine.Linux.Processes;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Signals, freezes and kills a container's processes. Callers hold the container's lock.</summary>
internal sealed class ContainerProcesses(ContainerStore store, ContainerCgroups cgroups)
{
    /// <summary>Sends a signal to the first process; false when it has ended, though nobody has recorded that yet.</summary>
    public static bool Send(ContainerRecord record, Signal signal)
    {
        // The identity holds the start time: a number that the kernel has given to somebody else is not signalled.
        using var process = record.Process is { } identity ? ProcessHandle.TryOpen(identity) : null;
        return process is not null && process.Send(signal);
    }

    /// <summary>Kills every process, thawing them first if they are frozen: a frozen process does not die (cgroup v1).</summary>
    public async Task KillAllAsync(ContainerEntry entry)
    {
        Send(entry.Record, Signal.Kill);
        if (entry.Record.State == ContainerState.Paused)
        {
            Thaw(entry);
        }

        // With a PID namespace of its own the first process takes the others along (pid_namespaces(7)); without, they
        // would stay.
        await cgroups.KillAllAsync(entry.Record).ConfigureAwait(false);
    }

    /// <summary>
    /// Freezes the processes while something is read. The container still counts as running: the caller holds its lock
    /// all the while, and an engine that ends meanwhile thaws it when it starts again.
    /// </summary>
    /// <returns>Thaws them when disposed of.</returns>
    public async Task<IDisposable> HoldStillAsync(ContainerRecord record)
    {
        var still = new Standstill(cgroups, record);
        try
        {
            await cgroups.FreezeAsync(record).ConfigureAwait(false);
            return still;
        }
        catch
        {
            still.Dispose();
            throw;
        }
    }

    public async Task FreezeAsync(ContainerEntry entry)
    {
        await cgroups.FreezeAsync(entry.Record).ConfigureAwait(false);
        store.Save(entry, entry.Record with { State = ContainerState.Paused });
    }

    public void Thaw(ContainerEntry entry)
    {
        cgroups.Thaw(entry.Record);
        store.Save(entry, entry.Record with { State = ContainerState.Running });
    }

    private sealed class Standstill(ContainerCgroups cgroups, ContainerRecord record) : IDisposable
    {
        public void Dispose() => cgroups.Thaw(record);
    }
}
