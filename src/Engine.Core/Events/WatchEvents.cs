namespace Engine.Core.Events;

/// <summary>Watches what happens in the engine.</summary>
public sealed class WatchEvents(EventStream events)
{
    /// <summary>Puts a watch in place: from now on, no event is missed. Dispose it to end the watch.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidFilter"/> when the query ends before it begins.</exception>
    public EventSubscription Begin(EventQuery query) =>
        query.Since > query.Until
            ? throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidFilter,
                $"The events' beginning ({query.Since:O}) lies after their end ({query.Until:O}).")
            : events.Subscribe(query);
}
