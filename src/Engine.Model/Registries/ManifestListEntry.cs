namespace Engine;

/// <summary>A manifest that is to be in a list.</summary>
public sealed record ManifestListEntry
{
    /// <summary>The manifest at the same registry, by tag or digest.</summary>
    public required string Reference { get; init; }

    /// <summary>The platform; what is empty is taken from the image's configuration.</summary>
    public ManifestPlatform Platform { get; init; } = new();
}
