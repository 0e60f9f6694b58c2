using Engine.Oci.Platforms;

namespace Engine.Oci.Documents;

/// <summary>Says where content is, what it is and how large (image-spec, descriptor.md).</summary>
public sealed record Descriptor
{
    /// <summary>What the content is; empty in a few old indexes.</summary>
    public string MediaType { get; init; } = "";

    /// <summary>The digest of the content's bytes.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The content's size in bytes; never negative.</summary>
    public required long Size { get; init; }

    /// <summary>Where else the content can be had: foreign layers.</summary>
    public IReadOnlyList<string>? Urls { get; init; }

    /// <summary>Free keys and values.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The content itself, when it is small and its writer saved the reader a request.</summary>
    public byte[]? Data { get; init; }

    /// <summary>In an index: the platform that the manifest is for.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The kind of artifact, when the content is no image.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The annotation of that name, or null.</summary>
    /// <param name="name">The annotation's whole name.</param>
    public string? Annotation(string name) => Annotations?.GetValueOrDefault(name);
}
