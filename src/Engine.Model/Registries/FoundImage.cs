namespace Engine;

/// <summary>A repository, or a tag of one, that a registry has.</summary>
public sealed record FoundImage
{
    /// <summary>The repository as people write it, or <c>repository:tag</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The tag; null for a repository.</summary>
    public string? Tag { get; init; }

    /// <summary>What its owner says of it.</summary>
    public string Description { get; init; } = "";

    /// <summary>How many users marked it.</summary>
    public int Stars { get; init; }

    /// <summary>True when the registry's owner keeps it.</summary>
    public bool Official { get; init; }

    /// <summary>The engine that asked; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }
}
