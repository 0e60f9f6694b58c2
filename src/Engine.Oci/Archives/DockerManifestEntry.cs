namespace Engine.Oci.Archives;

/// <summary>An image in docker save's manifest.json.</summary>
internal sealed record DockerManifestEntry
{
    public string? Config { get; init; }

    public IReadOnlyList<string?>? RepoTags { get; init; }

    public IReadOnlyList<string?>? Layers { get; init; }
}
