using Engine.Core.Containers.Lifecycle;
using Engine.Core.Events;
using Engine.Linux.Processes;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers;

/// <summary>Asks a container to stop, waits, and kills it if it has not.</summary>
public sealed partial class StopContainer
{
    /// <summary>How long the stop signal may take to work, unless the container says otherwise: Docker's 10 seconds.</summary>
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a killed container may take to be gone.</summary>
    private static readonly TimeSpan s_killTimeout = TimeSpan.FromSeconds(10);

    private readonly ContainerStore _store;
    private readonly ContainerProcesses _processes;
    private readonly EventStream _events;
    private readonly TimeProvider _time;
    private readonly ILogger<StopContainer> _logger;

    internal StopContainer(
        ContainerStore store, ContainerProcesses processes, EventStream events, TimeProvider time,
        ILogger<StopContainer> logger)
    {
        _store = store;
        _processes = processes;
        _events = events;
        _time = time;
        _logger = logger;
    }

    /// <summary>Stops a container. Once the signal is sent, a caller that goes away stops nothing.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="signal">The signal to send, or null for the container's own, else SIGTERM.</param>
    /// <param name="timeout">How long to wait before SIGKILL, or null for the container's own; negative: for ever.</param>
    /// <param name="cancellationToken">Ends the wait for another operation on the same container.</param>
    /// <returns>True when it did not run.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidSignal"/>, <see cref="EngineErrorReason.StopTimedOut"/>.
    /// </exception>
    public Task<bool> HandleAsync(
        string reference, string? signal, TimeSpan? timeout, CancellationToken cancellationToken) =>
        StopAsync(_store.Resolve(reference), signal, timeout, cancellationToken);

    internal async Task<bool> StopAsync(
        ContainerEntry entry, string? signal, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var number = string.IsNullOrEmpty(signal) ? null : (Signal?)Signal.Parse(signal);
        ContainerWait stopped;
        using (await entry.LockAsync(cancellationToken).ConfigureAwait(false))
        {
            var record = entry.Record;
            if (!record.IsActive)
            {
                return true;
            }

            stopped = entry.Wait(ContainerWaitCondition.NotRunning);
            var asked = number ?? StopSignal(record.Configuration);
            if (ContainerProcesses.Send(record, asked))
            {
                _events.PublishKill(record, asked);
            }

            if (record.State == ContainerState.Paused)
            {
                // A frozen process acts on no signal: the thaw comes after it, so that nothing else runs first.
                _processes.Thaw(entry);
            }
        }

        var patience = timeout ?? entry.Record.Configuration.StopTimeout ?? s_defaultTimeout;
        if (!await IsOverAsync(stopped, patience).ConfigureAwait(false))
        {
            LogKilled(entry.Id, patience);
            await KillAsync(entry, stopped).ConfigureAwait(false);
        }

        _events.PublishContainer(entry.Record, "stop");
        return false;
    }

    /// <summary>Kills a container that runs, and waits until it is gone.</summary>
    internal async Task KillAsync(ContainerEntry entry, ContainerWait stopped)
    {
        // A container that removes itself may have ended of its own accord, and be gone: that is what was asked for.
        using (var held = await entry.TryLockAsync().ConfigureAwait(false))
        {
            if (held is not null && entry.Record.IsActive)
            {
                _events.PublishKill(entry.Record, Signal.Kill);
                await _processes.KillAllAsync(entry).ConfigureAwait(false);
            }
        }

        if (!await IsOverAsync(stopped, s_killTimeout).ConfigureAwait(false))
        {
            entry.Forget(stopped);
            throw new EngineException(
                EngineErrorCode.Timeout, EngineErrorReason.StopTimedOut,
                $"Container '{entry.Record.Name}' did not end within {s_killTimeout.TotalSeconds:0} seconds of SIGKILL. A process that waits for a device or a network file system ends only when that answers.",
                entry.Record.Name);
        }
    }

    private static Signal StopSignal(ContainerConfiguration configuration) =>
        configuration.StopSignal is { Length: > 0 } signal ? Signal.Parse(signal) : Signal.Terminate;

    private async Task<bool> IsOverAsync(ContainerWait stopped, TimeSpan patience)
    {
        var completion = stopped.Completion(CancellationToken.None);
        if (patience < TimeSpan.Zero)
        {
            await completion.ConfigureAwait(false);
            return true;
        }

        try
        {
            await completion.WaitAsync(patience, _time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 1030, Level = LogLevel.Information, Message = "Container {ContainerId} did not stop within {Patience}; killing it")]
    private partial void LogKilled(string containerId, TimeSpan patience);
}
