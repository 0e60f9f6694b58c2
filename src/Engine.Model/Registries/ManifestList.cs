namespace Engine;

/// <summary>A list of manifests that is to be pushed.</summary>
public sealed record ManifestList
{
    /// <summary>What it is to be called.</summary>
    public required string Reference { get; init; }

    /// <summary>What it lists, in this order.</summary>
    public IReadOnlyList<ManifestListEntry> Entries { get; init; } = [];

    /// <summary>True for Docker's media type, false for an OCI index.</summary>
    public bool DockerFormat { get; init; }
}
