namespace Engine;

/// <summary>What a manifest refers to: its configuration or a layer.</summary>
public sealed record ManifestContent
{
    /// <summary>The media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>The digest.</summary>
    public required string Digest { get; init; }

    /// <summary>The bytes.</summary>
    public long Size { get; init; }
}
