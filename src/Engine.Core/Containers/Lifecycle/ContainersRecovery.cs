using Engine.Core.Containers.Records;
using Engine.Linux.Runtime;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>
/// Compares what the database says of containers with what the kernel has, when the engine starts: runs that go on are
/// watched again, ends that nobody saw are recorded, what was half done is finished or undone.
/// </summary>
internal sealed partial class ContainersRecovery(
    ContainerStore store,
    ContainerTable table,
    ContainerCgroups cgroups,
    ContainerExits exits,
    ContainerTeardown teardown,
    ContainerRemoval removal,
    ContainerSupervisor supervisor,
    EngineDirectories directories,
    HostBoot boot,
    ILogger<ContainersRecovery> logger)
{
    /// <summary>Containers are looked after side by side: each costs a few system calls, and some a runtime's run.</summary>
    private static readonly ParallelOptions s_parallel = new() { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount };

    /// <summary>Reads the records; from then on it is known which images containers use.</summary>
    public void Load() => store.Load(table.ReadAll(LogDamaged));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(store.All, s_parallel, async (entry, _) =>
        {
            using var scope = logger.BeginContainer(entry.Id);
            using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await RecoverAsync(entry).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // One container that cannot be put right must not keep the engine from the others.
                LogRecoveryFailed(error, entry.Record.Name);
            }
        }).ConfigureAwait(false);
        DeleteStrangers();
    }

    private async Task RecoverAsync(ContainerEntry entry)
    {
        var record = entry.Record;
        if (record.State == ContainerState.Removing)
        {
            await removal.RemoveAsync(entry).ConfigureAwait(false);
        }
        else if (!record.Materialised)
        {
            // Nothing of it is there: created and never started, or ended and taken down, though perhaps not yet removed.
            await RemoveIfAutomaticAsync(entry, record.State == ContainerState.Exited).ConfigureAwait(false);
        }
        else if (record.BootId != boot.Id)
        {
            await RecordRebootAsync(entry).ConfigureAwait(false);
        }
        else if (MonitorProcesses.TryTakeBack(ContainerPaths.Monitor(directories, record.Id)) is { } monitored)
        {
            await TakeBackAsync(entry, monitored).ConfigureAwait(false);
        }
        else if (record.IsActive)
        {
            var exit = MonitoredExit.TryRead(ContainerPaths.Monitor(directories, record.Id)) ?? new MonitoredExit(null, null, false);
            await exits.RecordHeldAsync(entry, exit).ConfigureAwait(false);
        }
        else
        {
            // The engine ended while it started the container, or while it took it down.
            await UndoAsync(entry).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on with a run whose monitor lives.</summary>
    private async Task TakeBackAsync(ContainerEntry entry, MonitoredContainer monitored)
    {
        var record = entry.Record;
        if (!record.IsActive)
        {
            // Between create and start: whether the process got to run, nobody was told that it does.
            monitored.KillMonitor();
            monitored.Dispose();
            await UndoAsync(entry).ConfigureAwait(false);
            return;
        }

        var isFrozen = cgroups.IsFrozen(record);
        if (!isFrozen && record.State == ContainerState.Paused)
        {
            store.Save(entry, record with { State = ContainerState.Running });
        }
        else if (isFrozen && record.State == ContainerState.Running)
        {
            // Frozen while its files were read for a commit, or for a pause that nobody was told of.
            cgroups.Thaw(record);
        }

        LogTakenBack(record.Name);
        supervisor.Watch(entry, monitored);
    }

    private async Task RecordRebootAsync(ContainerEntry entry)
    {
        var record = entry.Record;
        var isClean = await teardown.RunAsync(record).ConfigureAwait(false);
        store.Save(entry, record with
        {
            Materialised = !isClean,
            State = record.IsActive ? ContainerState.Exited : record.State,
            ExitCode = record.IsActive ? 255 : record.ExitCode,
            FinishedAt = record.IsActive ? boot.Time : record.FinishedAt,
            Error = record.IsActive ? "The host was restarted." : record.Error,
            Process = null,
            Monitor = null,
        });
        await RemoveIfAutomaticAsync(entry, record.IsActive).ConfigureAwait(false);
    }

    private async Task UndoAsync(ContainerEntry entry)
    {
        var isClean = await teardown.RunAsync(entry.Record).ConfigureAwait(false);
        store.Save(entry, entry.Record with { Materialised = !isClean, Process = null, Monitor = null });
        LogUndone(entry.Record.Name);
        await RemoveIfAutomaticAsync(entry, entry.Record.State == ContainerState.Exited).ConfigureAwait(false);
    }

    private async Task RemoveIfAutomaticAsync(ContainerEntry entry, bool ended)
    {
        if (ended && entry.Record.Configuration.AutoRemove)
        {
            await removal.RemoveAsync(entry).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes what belongs to containers that no row knows. A damaged row still protects its own.</summary>
    private void DeleteStrangers()
    {
        var known = table.ReadIds();
        foreach (var parent in (string[])[directories.Containers, directories.Monitors, directories.Exits])
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(parent))
            {
                if (!known.Contains(Path.GetFileName(path)))
                {
                    LogStranger(path);
                    ContainerTeardown.DeleteTree(parent, Path.GetFileName(path));
                }
            }
        }
    }

    [LoggerMessage(EventId = 1070, Level = LogLevel.Error, Message = "The record of container {ContainerId} cannot be read and is left alone")]
    private partial void LogDamaged(string containerId, Exception error);

    [LoggerMessage(EventId = 1071, Level = LogLevel.Error, Message = "Container '{Name}' could not be brought in order")]
    private partial void LogRecoveryFailed(Exception error, string name);

    [LoggerMessage(EventId = 1072, Level = LogLevel.Information, Message = "Container '{Name}' has gone on running and is watched again")]
    private partial void LogTakenBack(string name);

    [LoggerMessage(EventId = 1073, Level = LogLevel.Information, Message = "What an earlier engine had left half done of container '{Name}' is undone")]
    private partial void LogUndone(string name);

    [LoggerMessage(EventId = 1074, Level = LogLevel.Warning, Message = "'{Path}' belongs to no container and is deleted")]
    private partial void LogStranger(string path);
}
