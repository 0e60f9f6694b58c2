namespace Engine;

/// <summary>A thing that was pruned, or, of a dry run, would be.</summary>
public sealed record PrunedItem
{
    /// <summary>What it was.</summary>
    public required PrunedKind Kind { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name or first reference; empty where it had none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The bytes of disk that its removal freed.</summary>
    public long SpaceReclaimed { get; init; }

    /// <summary>The engine that it came from; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }
}
