using System.Collections.Concurrent;
using Engine.Core.Containers.Records;
using Engine.Linux.Runtime;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>
/// Watches every running container's monitor, and has the end of the container recorded when the monitor is gone. Owns
/// the watches: their failures are logged here, and they end with the engine.
/// </summary>
internal sealed partial class ContainerSupervisor(
    ContainerExits exits, TimeProvider time, ILogger<ContainerSupervisor> logger) : IAsyncDisposable
{
    /// <summary>How long to wait for room on a full disk before an end is recorded again; doubled each time, up to the limit.</summary>
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100), s_longestPause = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _watches = new();

    /// <summary>Watches the run that the container's record describes, and lets go of its monitor at the end.</summary>
    public void Watch(ContainerEntry entry, MonitoredContainer monitored)
    {
        var watch = WatchAsync(entry, entry.Record, monitored);
        _watches[watch] = 0;
        _ = watch.ContinueWith(
            static (ended, watches) => ((ConcurrentDictionary<Task, byte>)watches!).TryRemove(ended, out _),
            _watches, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Ends the watches; an end that is being recorded is recorded whole.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_watches.Keys).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task WatchAsync(ContainerEntry entry, ContainerRecord run, MonitoredContainer monitored)
    {
        using var letGo = monitored;
        using var scope = logger.BeginContainer(run.Id);
        try
        {
            var exit = await monitored.WaitForExitAsync(_stopping.Token).ConfigureAwait(false);
            await RecordAsync(entry, run, exit).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The engine ends; the container runs on, and the next engine takes the watch up.
        }
        catch (Exception error)
        {
            LogWatchFailed(error, run.Name);
        }
    }

    private async Task RecordAsync(ContainerEntry entry, ContainerRecord run, MonitoredExit exit)
    {
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await exits.RecordAsync(entry, run, exit).ConfigureAwait(false);
                return;
            }
            catch (EngineException full) when (full.Reason == EngineErrorReason.DiskFull)
            {
                LogNoRoom(full, run.Name);
                await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(EventId = 1021, Level = LogLevel.Warning, Message = "There is no room to record the end of container '{Name}'; trying again")]
    private partial void LogNoRoom(Exception error, string name);

    [LoggerMessage(EventId = 1020, Level = LogLevel.Error, Message = "The end of container '{Name}' could not be recorded; the next start of the engine will")]
    private partial void LogWatchFailed(Exception error, string name);
}
