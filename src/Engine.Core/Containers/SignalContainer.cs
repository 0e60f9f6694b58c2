using Engine.Core.Containers.Lifecycle;
using Engine.Core.Events;
using Engine.Linux.Processes;

namespace Engine.Core.Containers;

/// <summary>Sends a signal to a container's first process.</summary>
public sealed class SignalContainer
{
    private readonly ContainerStore _store;
    private readonly StopContainer _stop;
    private readonly EventStream _events;

    internal SignalContainer(
        ContainerStore store, StopContainer stop, EventStream events)
    {
        _store = store;
        _stop = stop;
        _events = events;
    }

    /// <summary>Sends the signal. SIGKILL also waits until the container is gone, and thaws a paused one for it.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="signal">A name, with or without SIG, or a number; null or empty for SIGKILL.</param>
    /// <param name="cancellationToken">Ends the wait for another operation on the same container.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidSignal"/>, <see cref="EngineErrorReason.ContainerNotRunning"/>,
    /// <see cref="EngineErrorReason.StopTimedOut"/>.
    /// </exception>
    public async Task HandleAsync(string reference, string? signal, CancellationToken cancellationToken)
    {
        var number = string.IsNullOrEmpty(signal) ? Signal.Kill : Signal.Parse(signal);
        var entry = _store.Resolve(reference);
        var isKill = number == Signal.Kill;
        ContainerWait stopped;
        using (await entry.LockAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!entry.Record.IsActive)
            {
                throw ContainerErrors.NotRunning(entry.Record.Name);
            }

            if (!isKill)
            {
                if (!ContainerProcesses.Send(entry.Record, number))
                {
                    throw ContainerErrors.NotRunning(entry.Record.Name);
                }

                _events.PublishKill(entry.Record, number);
                return;
            }

            stopped = entry.Wait(ContainerWaitCondition.NotRunning);
        }

        await _stop.KillAsync(entry, stopped).ConfigureAwait(false);
    }
}
