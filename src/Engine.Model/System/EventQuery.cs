namespace Engine;

/// <summary>Which events are wanted. Nothing set: all that happen from now on.</summary>
public sealed record EventQuery
{
    /// <summary>Also those since then, as far back as the engine remembers.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>End with the events of that time; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only these kinds of object; empty for all.</summary>
    public IReadOnlyList<EngineEventType> Types { get; init; } = [];

    /// <summary>Only these actions; empty for all.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Only objects with these names, ids or prefixes of ids; empty for all.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    /// <summary>Only objects with all of these labels: <c>key</c> or <c>key=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];
}
