namespace Engine;

/// <summary>What the push of one reference came to.</summary>
public sealed record PushResult
{
    /// <summary>The reference, in the short form.</summary>
    public required string Reference { get; init; }

    /// <summary>The digest of the manifest or index that the registry has now.</summary>
    public required string Digest { get; init; }

    /// <summary>The bytes of the manifest and of all that it refers to.</summary>
    public long Size { get; init; }

    /// <summary>The engine that pushed it; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }
}
