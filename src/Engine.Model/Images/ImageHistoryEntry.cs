namespace Engine;

/// <summary>A step that an image was made in.</summary>
public sealed record ImageHistoryEntry
{
    /// <summary>The image's own id for its last step; empty for those below it, as their images are not here.</summary>
    public string Id { get; init; } = "";

    /// <summary>When the step was made; null when the image does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The command of the step.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>The bytes of the step's unpacked layer; 0 for a step that changed no file.</summary>
    public long Size { get; init; }

    /// <summary>Who made it.</summary>
    public string Author { get; init; } = "";

    /// <summary>What its maker said of it.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The references of the image, for its last step.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The digest of the step's uncompressed layer; null for a step without one.</summary>
    public string? Layer { get; init; }

    /// <summary>The engine that it came from; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }
}
