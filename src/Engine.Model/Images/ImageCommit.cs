namespace Engine;

/// <summary>How to make an image of a container.</summary>
public sealed record ImageCommit
{
    /// <summary>The container: a name, an id or a prefix of one.</summary>
    public required string Container { get; init; }

    /// <summary>What to call the image; null for no name.</summary>
    public string? Reference { get; init; }

    /// <summary>Who made it; empty for nobody.</summary>
    public string Author { get; init; } = "";

    /// <summary>The comment of the new step.</summary>
    public string Message { get; init; } = "";

    /// <summary>Dockerfile instructions that change the configuration.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>True to stop the container's processes while its files are read.</summary>
    public bool Pause { get; init; } = true;
}
