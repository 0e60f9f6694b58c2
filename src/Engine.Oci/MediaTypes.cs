namespace Engine.Oci;

/// <summary>The media types of images, as OCI and as Docker name them.</summary>
public static class MediaTypes
{
    /// <summary>An OCI manifest.</summary>
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>An OCI index.</summary>
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>An OCI image configuration.</summary>
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>An uncompressed OCI layer.</summary>
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>An OCI layer, compressed with gzip.</summary>
    public const string OciLayerGzip = OciLayer + "+gzip";

    /// <summary>An OCI layer, compressed with zstd.</summary>
    public const string OciLayerZstd = OciLayer + "+zstd";

    /// <summary>
    /// The start of the OCI types of layers that may not be distributed (deprecated by the specification).
    /// </summary>
    public const string OciForeignLayer = "application/vnd.oci.image.layer.nondistributable.v1.tar";

    /// <summary>The empty JSON object, where a descriptor is obligatory and there is nothing to describe.</summary>
    public const string OciEmpty = "application/vnd.oci.empty.v1+json";

    /// <summary>A Docker manifest, schema 2.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>A Docker manifest list: what OCI calls an index.</summary>
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>A Docker image configuration.</summary>
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>An uncompressed Docker layer.</summary>
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

    /// <summary>A Docker layer, compressed with gzip.</summary>
    public const string DockerLayerGzip = DockerLayer + ".gzip";

    /// <summary>A Docker layer, compressed with zstd.</summary>
    public const string DockerLayerZstd = DockerLayer + ".zstd";

    /// <summary>The start of Docker's types of layers that are fetched from elsewhere (Windows base layers).</summary>
    public const string DockerForeignLayer = "application/vnd.docker.image.rootfs.foreign.diff.tar";

    /// <summary>The annotation that names an image in an OCI layout: a tag, or a whole reference.</summary>
    public const string RefNameAnnotation = "org.opencontainers.image.ref.name";

    /// <summary>The annotation in which containerd and Docker keep the whole reference.</summary>
    public const string ContainerdNameAnnotation = "io.containerd.image.name";

    /// <summary>The annotation that marks a manifest as something about another one: BuildKit's attestations.</summary>
    public const string ReferenceTypeAnnotation = "vnd.docker.reference.type";

    /// <summary>Whether it is a manifest, of OCI or Docker.</summary>
    /// <param name="mediaType">The media type, or null.</param>
    public static bool IsManifest(string? mediaType) => mediaType is OciManifest or DockerManifest;

    /// <summary>Whether it is an index or a manifest list.</summary>
    /// <param name="mediaType">The media type, or null.</param>
    public static bool IsIndex(string? mediaType) => mediaType is OciIndex or DockerManifestList;

    /// <summary>
    /// Whether it is the configuration of an image that can run; false for plugins, charts and other artifacts.
    /// </summary>
    /// <param name="mediaType">The media type, or null.</param>
    public static bool IsConfig(string? mediaType) => mediaType is OciConfig or DockerConfig;

    /// <summary>
    /// Whether it is a layer's tar, compressed or not. How it is compressed is told by its content alone.
    /// </summary>
    /// <param name="mediaType">The media type, or null.</param>
    public static bool IsLayer(string? mediaType) =>
        mediaType is not null
        && (mediaType.StartsWith(OciLayer, StringComparison.Ordinal)
            || mediaType.StartsWith(DockerLayer, StringComparison.Ordinal)
            || IsForeignLayer(mediaType));

    /// <summary>Whether it is a layer that the descriptor's URLs hold instead of the registry.</summary>
    /// <param name="mediaType">The media type, or null.</param>
    public static bool IsForeignLayer(string? mediaType) =>
        mediaType is not null
        && (mediaType.StartsWith(OciForeignLayer, StringComparison.Ordinal)
            || mediaType.StartsWith(DockerForeignLayer, StringComparison.Ordinal));
}
