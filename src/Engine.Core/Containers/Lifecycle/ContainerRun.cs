using Engine.Core.Containers.Records;
using Engine.Core.Events;
using Engine.Linux.Processes;
using Engine.Linux.Runtime;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Begins a container's run: from a record in the database to a process that runs.</summary>
internal sealed partial class ContainerRun(
    ContainerStore store,
    ContainerBundle bundle,
    ContainerTeardown teardown,
    ContainerRemoval removal,
    ContainerSupervisor supervisor,
    Runtimes runtimes,
    EngineDirectories directories,
    HostBoot boot,
    EventStream events,
    TimeProvider time,
    ILogger<ContainerRun> logger)
{
    /// <summary>Starts a container. The caller holds its lock, and has seen that it does not run.</summary>
    public async Task StartAsync(ContainerEntry entry)
    {
        using var scope = logger.BeginContainer(entry.Id);
        var before = entry.Record;
        var runtime = await runtimes.GetAsync(before.Configuration.Runtime).ConfigureAwait(false);
        if (before.Materialised && !await teardown.RunAsync(before).ConfigureAwait(false))
        {
            throw new EngineException(
                EngineErrorCode.Busy, EngineErrorReason.ContainerStartFailed,
                $"What the last run of container '{before.Name}' left could not be taken down; the engine's log says what. Try again when it is free.",
                before.Name);
        }

        // Written before the first deed: an engine that ends half-way finds in the database what it has to undo.
        store.SaveBeforeRun(entry, before with
        {
            Materialised = true,
            BootId = boot.Id,
            Runtime = runtime.Name,
            Error = "",
        });
        MonitoredContainer? monitored = null;
        try
        {
            monitored = await CreateAsync(entry.Record, runtime.Program).ConfigureAwait(false);
            // Read while the process still waits to be started: later it may have ended.
            var process = ProcessStatus.TryRead(monitored.Pid)?.Identity;
            var monitor = ProcessStatus.TryRead(monitored.MonitorPid)?.Identity;
            // Taken before: a short run's end must not lie before its beginning.
            var startedAt = time.GetUtcNow();
            await runtime.Program.StartAsync(entry.Id, Program(before)).ConfigureAwait(false);
            store.Save(entry, entry.Record with
            {
                State = ContainerState.Running,
                Process = process,
                Monitor = monitor,
                StartedAt = startedAt,
                FinishedAt = null,
                ExitCode = null,
                OomKilled = false,
            });
        }
        catch (Exception error)
        {
            monitored?.KillMonitor();
            monitored?.Dispose();
            await FailAsync(entry, before, error).ConfigureAwait(false);
            throw;
        }

        LogStarted(entry.Record.Name, entry.Record.Process?.Pid);
        events.PublishContainer(entry.Record, "start");
        supervisor.Watch(entry, monitored);
    }

    private async Task<MonitoredContainer> CreateAsync(ContainerRecord record, OciRuntime runtime)
    {
        MountSources.Check(record.Configuration.Mounts);
        var monitor = await runtimes.GetMonitorAsync().ConfigureAwait(false);
        return await monitor.CreateAsync(runtime, new MonitorOptions
        {
            Paths = ContainerPaths.Monitor(directories, record.Id),
            Bundle = bundle.Prepare(record),
            LogPath = ContainerPaths.Log(directories, record.Id),
            Command = Program(record),
        }).ConfigureAwait(false);
    }

    private static string Program(ContainerRecord record) => record.CommandLine[0];

    private async Task FailAsync(ContainerEntry entry, ContainerRecord before, Exception error)
    {
        LogStartFailed(error, before.Name);
        var isClean = await teardown.RunAsync(entry.Record).ConfigureAwait(false);
        store.Save(entry, before with
        {
            Materialised = !isClean,
            ExitCode = ExitCode(error),
            Error = error.Message,
        });
        if (before.Configuration.AutoRemove && !entry.IsKeptAfterExit && isClean)
        {
            await removal.RemoveAsync(entry).ConfigureAwait(false);
        }
    }

    /// <summary>Docker's codes for a container that could not be started.</summary>
    private static int ExitCode(Exception error) => error is EngineException { Reason: var reason }
        ? reason switch
        {
            EngineErrorReason.CommandNotFound => 127,
            EngineErrorReason.CommandNotExecutable => 126,
            _ => 128,
        }
        : 128;

    [LoggerMessage(EventId = 1010, Level = LogLevel.Information, Message = "Started container '{Name}' as process {Pid}")]
    private partial void LogStarted(string name, int? pid);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Warning, Message = "Container '{Name}' could not be started")]
    private partial void LogStartFailed(Exception error, string name);
}
