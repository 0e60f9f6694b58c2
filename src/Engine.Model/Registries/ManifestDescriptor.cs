namespace Engine;

/// <summary>A manifest or an index as a registry has it, with what is below it.</summary>
public sealed record ManifestDescriptor
{
    /// <summary>The reference that it was found by.</summary>
    public required string Reference { get; init; }

    /// <summary>The media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>The digest of its bytes.</summary>
    public required string Digest { get; init; }

    /// <summary>The bytes of the document itself.</summary>
    public long Size { get; init; }

    /// <summary>The document, byte for byte.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The platform that the index above says it is for; null without one.</summary>
    public ManifestPlatform? Platform { get; init; }

    /// <summary>What an index lists.</summary>
    public IReadOnlyList<ManifestDescriptor> Manifests { get; init; } = [];

    /// <summary>What a manifest refers to: its configuration, then its layers, the lowest first.</summary>
    public IReadOnlyList<ManifestContent> Contents { get; init; } = [];

    /// <summary>Its annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyDictionary.OfStrings;

    /// <summary>The engine that asked; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }
}
