namespace Engine;

/// <summary>What the removal of an image came to.</summary>
public sealed record ImageRemoval
{
    /// <summary>The references that no longer name it.</summary>
    public IReadOnlyList<string> Untagged { get; init; } = [];

    /// <summary>The ids of images and the digests of layers that are gone.</summary>
    public IReadOnlyList<string> Deleted { get; init; } = [];

    /// <summary>The bytes of disk that were freed.</summary>
    public long SpaceReclaimed { get; init; }

    /// <summary>The engine that it came from.</summary>
    public EngineConnection? Engine { get; init; }
}
