namespace Engine.Oci.Documents;

/// <summary>What a document is, told by its content.</summary>
public enum DocumentKind
{
    /// <summary>An image manifest: it has a configuration and layers.</summary>
    Manifest,

    /// <summary>An index: it has manifests.</summary>
    Index,
}
