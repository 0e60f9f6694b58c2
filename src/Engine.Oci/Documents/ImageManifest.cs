namespace Engine.Oci.Documents;

/// <summary>
/// What one image for one platform is made of (image-spec, manifest.md; Docker's schema 2 has the same form).
/// </summary>
public sealed record ImageManifest
{
    /// <summary>Always 2.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>The manifest's own media type; older OCI manifests leave it out.</summary>
    public string? MediaType { get; init; }

    /// <summary>The kind of artifact, when it is no image.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The configuration; its digest is the image's id in Docker's sense.</summary>
    public required Descriptor Config { get; init; }

    /// <summary>The layers, the base first.</summary>
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    /// <summary>The manifest that this one is about: signatures, bills of materials.</summary>
    public Descriptor? Subject { get; init; }

    /// <summary>Free keys and values.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
