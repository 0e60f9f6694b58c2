using System.Globalization;
using Engine.Core.Containers.Records;
using Engine.Core.Events;
using Engine.Linux.Runtime;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Records the end of a run: exit code, time, whether the kernel killed it for want of memory.</summary>
internal sealed partial class ContainerExits(
    ContainerStore store,
    ContainerCgroups cgroups,
    ContainerTeardown teardown,
    ContainerRemoval removal,
    EventStream events,
    TimeProvider time,
    ILogger<ContainerExits> logger)
{
    /// <summary>The exit code of a run whose end nobody saw: Docker's 255.</summary>
    private const int Unknown = 255;

    /// <summary>Records the end of a run, and takes down what it leaves; nothing if somebody else has.</summary>
    public async Task RecordAsync(ContainerEntry entry, ContainerRecord run, MonitoredExit exit)
    {
        using var held = await entry.TryLockAsync().ConfigureAwait(false);
        if (held is null || !entry.Record.IsActive || entry.Record.Monitor != run.Monitor)
        {
            return;
        }

        await RecordHeldAsync(entry, exit).ConfigureAwait(false);
    }

    /// <summary>The same for a caller that holds the container's lock and knows that the run has ended.</summary>
    public async Task RecordHeldAsync(ContainerEntry entry, MonitoredExit exit)
    {
        var record = entry.Record;
        if (exit.Code is null)
        {
            // A monitor that was killed leaves its container behind, with nobody to take its output. It is ended first: a
            // container that is said to have exited has no process.
            LogNoExit(record.Name);
            await cgroups.KillAllAsync(record).ConfigureAwait(false);
        }

        // The monitor hears of it on some kernels only; the cgroup's own count holds everywhere, while it is there.
        var oomKilled = exit.OutOfMemory || cgroups.WasOomKilled(record);
        var ended = record with
        {
            State = ContainerState.Exited,
            ExitCode = exit.Code ?? Unknown,
            FinishedAt = FinishedAt(record, exit),
            OomKilled = oomKilled,
            Error = exit.Code is null ? "The container's monitor ended without telling an exit code." : "",
            Process = null,
            Monitor = null,
        };
        store.Save(entry, ended, () => Announce(ended));
        var isClean = await teardown.RunAsync(entry.Record).ConfigureAwait(false);
        store.Save(entry, entry.Record with { Materialised = !isClean });
        if (record.Configuration.AutoRemove && !entry.IsKeptAfterExit)
        {
            await removal.RemoveAsync(entry).ConfigureAwait(false);
        }
    }

    private void Announce(ContainerRecord record)
    {
        LogExited(record.Name, record.ExitCode);
        if (record.OomKilled)
        {
            events.PublishContainer(record, "oom");
        }

        events.PublishContainer(
            record, "die",
            ("exitCode", record.ExitCode!.Value.ToString(CultureInfo.InvariantCulture)),
            ("execDuration", Duration(record)));
    }

    private DateTimeOffset FinishedAt(ContainerRecord record, MonitoredExit exit)
    {
        var finished = exit.FinishedAt ?? time.GetUtcNow();
        // File times come from a clock that ticks every few milliseconds (clock_gettime(2), CLOCK_REALTIME_COARSE), and
        // can lie before a beginning that the fine clock told.
        return finished < record.StartedAt ? record.StartedAt.Value : finished;
    }

    private static string Duration(ContainerRecord record) =>
        Math.Max(0, (long)(record.FinishedAt - record.StartedAt).GetValueOrDefault().TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 1040, Level = LogLevel.Information, Message = "Container '{Name}' ended with exit code {ExitCode}")]
    private partial void LogExited(string name, int? exitCode);

    [LoggerMessage(EventId = 1041, Level = LogLevel.Warning, Message = "The monitor of container '{Name}' ended without telling an exit code; what is left of the container is killed")]
    private partial void LogNoExit(string name);
}
