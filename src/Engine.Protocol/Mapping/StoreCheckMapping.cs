using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>What a check of the image store finds, and how far it is.</summary>
public static class StoreCheckMapping
{
    /// <summary>A finding for the wire. Which engine it came from does not travel.</summary>
    public static Wire.StoreFinding ToWire(this StoreFinding model) => new()
    {
        Fault = model.Fault.ToWire(),
        Target = model.Target,
        Message = model.Message,
        Images = { model.Images },
        Repaired = model.Repaired,
    };

    /// <summary>A finding.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    /// <exception cref="EngineException">ProtocolMismatch.</exception>
    public static StoreFinding ToModel(this Wire.StoreFinding wire, EngineConnection? engine = null) => new()
    {
        Fault = wire.Fault.ToModel(),
        Target = wire.Target,
        Message = wire.Message,
        Images = wire.Images.ToModel(),
        Repaired = wire.Repaired,
        Engine = engine,
    };

    /// <summary>Progress for the wire.</summary>
    public static Wire.StoreCheckProgress ToWire(this StoreCheckProgress model) =>
        new() { Item = model.Item, Current = model.Current, Total = model.Total };

    /// <summary>Progress.</summary>
    public static StoreCheckProgress ToModel(this Wire.StoreCheckProgress wire) =>
        new(wire.Item, wire.Current, wire.Total);
}
