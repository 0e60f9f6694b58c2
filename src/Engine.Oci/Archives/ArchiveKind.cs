namespace Engine.Oci.Archives;

/// <summary>What an archive or a directory is.</summary>
public enum ArchiveKind
{
    /// <summary>What docker save writes, old (<c>repositories</c>) or newer (<c>manifest.json</c>).</summary>
    DockerArchive,

    /// <summary>An OCI layout (<c>index.json</c>), possibly with a docker-save manifest beside it.</summary>
    OciLayout,

    /// <summary>What skopeo writes to <c>dir:</c>: one manifest, and blobs named by their digests.</summary>
    SkopeoDirectory,
}
