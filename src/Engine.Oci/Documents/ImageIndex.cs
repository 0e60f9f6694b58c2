namespace Engine.Oci.Documents;

/// <summary>
/// One image for several platforms, or the contents of a layout (image-spec, image-index.md; Docker's manifest list).
/// </summary>
public sealed record ImageIndex
{
    /// <summary>Always 2.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>The index's own media type; older OCI indexes leave it out.</summary>
    public string? MediaType { get; init; }

    /// <summary>The kind of artifact, when it is no image.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The manifests and nested indexes.</summary>
    public required IReadOnlyList<Descriptor> Manifests { get; init; }

    /// <summary>The manifest that this index is about.</summary>
    public Descriptor? Subject { get; init; }

    /// <summary>Free keys and values.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
