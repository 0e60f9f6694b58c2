using Engine.Oci.Documents;

namespace Engine.Oci.Distribution;

/// <summary>How registries are reached, and what is taken from them at most.</summary>
public sealed record RegistryOptions
{
    /// <summary>What requests say that they come from.</summary>
    public string UserAgent { get; init; } = "engine";

    /// <summary>
    /// Registries to ask before Docker Hub, in this order, when pulling from docker.io: http or https, without user,
    /// query and fragment. They never see the credential for docker.io.
    /// </summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = [];

    /// <summary>
    /// Registries for which an unknown certificate or plain HTTP will do: <c>host[:port]</c> as references name them,
    /// or a CIDR that one of the host's addresses is in. Loopback addresses and localhost always are.
    /// </summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>
    /// Directories in Docker's certs.d layout: <c>host[:port]/*.crt</c> are certificate authorities to trust beside the
    /// system's, <c>*.cert</c> with <c>*.key</c> what the client shows. All of them count.
    /// </summary>
    public IReadOnlyList<string> CertificateDirectories { get; init; } = ["/etc/engine/certs.d", "/etc/docker/certs.d"];

    /// <summary>The proxy for http; null for the environment's HTTP_PROXY, empty for none.</summary>
    public string? HttpProxy { get; init; }

    /// <summary>The proxy for https; null for the environment's HTTPS_PROXY, empty for none.</summary>
    public string? HttpsProxy { get; init; }

    /// <summary>Where no proxy is used, as NO_PROXY; null for the environment's.</summary>
    public string? NoProxy { get; init; }

    /// <summary>How often something is tried before its failure is final; at least 1.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long to wait between attempts.</summary>
    public RetryDelay RetryDelay { get; init; } = new();

    /// <summary>
    /// A connection on which no byte comes or goes for so long is given up, and the work tried again.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may take to be made, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a registry may take to answer after the last byte of an upload: it may have to move all of it.
    /// </summary>
    public TimeSpan CommitTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most bytes of a manifest or index.</summary>
    public int MaxManifestBytes { get; init; } = ImageDocuments.MaxManifestSize;

    /// <summary>The most bytes of a page of tags or of search results.</summary>
    public int MaxPageBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The most bytes of a token server's answer.</summary>
    public int MaxTokenBytes { get; init; } = 1024 * 1024;

    /// <summary>The most bytes that are read of an error's description.</summary>
    public int MaxErrorBytes { get; init; } = 64 * 1024;

    /// <summary>The most redirects that one request follows.</summary>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>
    /// Blobs of more bytes are uploaded in chunks, so that a cut costs a chunk and not the whole: some registries take
    /// no chunks, so that smaller blobs go in one piece.
    /// </summary>
    public long ChunkedUploadThreshold { get; init; } = 512L * 1024 * 1024;

    /// <summary>The bytes of a chunk, where the registry asks for no more.</summary>
    public int UploadChunkBytes { get; init; } = 64 * 1024 * 1024;
}
