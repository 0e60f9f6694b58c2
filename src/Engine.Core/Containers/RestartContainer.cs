using Engine.Core.Events;

namespace Engine.Core.Containers;

/// <summary>Stops a container if it runs, and starts it.</summary>
public sealed class RestartContainer
{
    private readonly ContainerStore _store;
    private readonly StopContainer _stop;
    private readonly StartContainer _start;
    private readonly EventStream _events;

    internal RestartContainer(ContainerStore store, StopContainer stop, StartContainer start, EventStream events)
    {
        _store = store;
        _stop = stop;
        _start = start;
        _events = events;
    }

    /// <summary>Restarts; the same arguments and errors as a stop and a start.</summary>
    public async Task HandleAsync(
        string reference, string? signal, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var entry = _store.Resolve(reference);
        if (entry.Record.State == ContainerState.Removing)
        {
            throw ContainerErrors.Removing(entry.Record.Name);
        }

        using (entry.KeepAfterExit())
        {
            await _stop.StopAsync(entry, signal, timeout, cancellationToken).ConfigureAwait(false);
            await _start.HandleAsync(entry.Id, CancellationToken.None).ConfigureAwait(false);
        }

        _events.PublishContainer(entry.Record, "restart");
    }
}
