using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>What is to be pruned, and what was.</summary>
public static class PruningMapping
{
    /// <summary>A request to prune images.</summary>
    public static Wire.PruneImagesRequest ToWire(this ImagePrune model) => new()
    {
        All = model.All,
        Until = model.Until.ToWire(),
        Labels = { model.Labels },
        DryRun = model.DryRun,
    };

    /// <summary>Which images a request wants to be pruned.</summary>
    /// <exception cref="EngineException">InvalidMessage.</exception>
    public static ImagePrune ToModel(this Wire.PruneImagesRequest wire) => new()
    {
        All = wire.All,
        Until = wire.Until.ToOptionalModel(),
        Labels = wire.Labels.ToModel(),
        DryRun = wire.DryRun,
    };

    /// <summary>A pruned thing for the wire. Which engine it came from does not travel.</summary>
    public static Wire.PrunedItem ToWire(this PrunedItem model) => new()
    {
        Kind = model.Kind.ToWire(),
        Id = model.Id,
        Name = model.Name,
        SpaceReclaimed = model.SpaceReclaimed,
    };

    /// <summary>A pruned thing.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    /// <exception cref="EngineException">ProtocolMismatch.</exception>
    public static PrunedItem ToModel(this Wire.PrunedItem wire, EngineConnection? engine = null) => new()
    {
        Kind = wire.Kind.ToModel(),
        Id = wire.Id,
        Name = wire.Name,
        SpaceReclaimed = wire.SpaceReclaimed,
        Engine = engine,
    };
}
