namespace Engine;

/// <summary>Something that happened in an engine. Types, actions and attributes are Docker's.</summary>
public sealed record EngineEvent
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What kind of object it happened to.</summary>
    public required EngineEventType Type { get; init; }

    /// <summary>What happened: <c>create</c>, <c>start</c>, <c>die</c>, <c>destroy</c>, <c>tag</c> …</summary>
    public required string Action { get; init; }

    /// <summary>The object's id.</summary>
    public required string Id { get; init; }

    /// <summary>The object's name; empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Details, such as <c>exitCode</c> or <c>signal</c>, and the object's labels.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = EmptyDictionary.OfStrings;

    /// <summary>The engine that it came from; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }
}
