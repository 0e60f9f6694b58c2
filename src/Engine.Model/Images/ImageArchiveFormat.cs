namespace Engine;

/// <summary>How images are written to a file.</summary>
public enum ImageArchiveFormat
{
    /// <summary>An OCI layout with Docker's manifest.json beside it: every engine loads it.</summary>
    Docker,

    /// <summary>An OCI layout alone (OCI image-spec, image-layout.md).</summary>
    Oci,
}
