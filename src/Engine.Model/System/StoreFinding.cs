namespace Engine;

/// <summary>Something that is wrong with the image store.</summary>
public sealed record StoreFinding
{
    /// <summary>What is wrong.</summary>
    public required StoreFault Fault { get; init; }

    /// <summary>The digest or the id of what is wrong.</summary>
    public required string Target { get; init; }

    /// <summary>What is wrong with it, and what can be done.</summary>
    public string Message { get; init; } = "";

    /// <summary>The images that are affected, by reference or id.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>True when it was made right.</summary>
    public bool Repaired { get; init; }

    /// <summary>The engine that it came from; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }
}
