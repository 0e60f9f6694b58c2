using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Events, and which of them are wanted.</summary>
public static class EventMapping
{
    /// <summary>An event for the wire. Which engine it came from does not travel.</summary>
    public static Wire.Event ToWire(this EngineEvent model)
    {
        var wire = new Wire.Event
        {
            Time = model.Time.ToWire(),
            Type = model.Type.ToWire(),
            Action = model.Action,
            Id = model.Id,
            Name = model.Name,
        };
        wire.Attributes.AddAll(model.Attributes);
        return wire;
    }

    /// <summary>An event.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    /// <exception cref="EngineException">ProtocolMismatch, InvalidMessage.</exception>
    public static EngineEvent ToModel(this Wire.Event wire, EngineConnection? engine = null) => new()
    {
        Time = wire.Time.ToModel(),
        Type = wire.Type.ToModel(),
        Action = wire.Action,
        Id = wire.Id,
        Name = wire.Name,
        Attributes = wire.Attributes.ToModel(),
        Engine = engine,
    };

    /// <summary>A watch's request.</summary>
    public static Wire.WatchEventsRequest ToWire(this EventQuery model) => new()
    {
        Since = model.Since.ToWire(),
        Until = model.Until.ToWire(),
        Types_ = { model.Types.Select(t => t.ToWire()) },
        Actions = { model.Actions },
        Objects = { model.Objects },
        Labels = { model.Labels },
    };

    /// <summary>Which events a watch asks for.</summary>
    /// <exception cref="EngineException">ProtocolMismatch, InvalidMessage.</exception>
    public static EventQuery ToModel(this Wire.WatchEventsRequest wire) => new()
    {
        Since = wire.Since.ToOptionalModel(),
        Until = wire.Until.ToOptionalModel(),
        Types = [.. wire.Types_.Select(t => t.ToModel())],
        Actions = wire.Actions.ToModel(),
        Objects = wire.Objects.ToModel(),
        Labels = wire.Labels.ToModel(),
    };
}
