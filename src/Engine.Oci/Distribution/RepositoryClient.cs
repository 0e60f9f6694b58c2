using Engine.Oci.Distribution.Uploads;
using Engine.Oci.Documents;

namespace Engine.Oci.Distribution;

/// <summary>
/// One repository at its registry. All of it may be used by several threads at once.
/// <para>
/// Everything throws <see cref="EngineException"/> with one of these reasons, beside those that are named:
/// <see cref="EngineErrorReason.RegistryUnreachable"/>, <see cref="EngineErrorReason.RegistryUnauthorized"/>,
/// <see cref="EngineErrorReason.RegistryDenied"/>, <see cref="EngineErrorReason.RegistryRateLimited"/>,
/// <see cref="EngineErrorReason.RegistryFailed"/>, <see cref="EngineErrorReason.RepositoryNotFound"/>,
/// <see cref="EngineErrorReason.InvalidRegistryCertificate"/>. No message holds a secret.
/// </para>
/// </summary>
public sealed class RepositoryClient
{
    private readonly RepositoryCalls _calls;
    private readonly ManifestExchange _manifests;

    internal RepositoryClient(RepositoryCalls calls)
    {
        _calls = calls;
        _manifests = new ManifestExchange(calls);
    }

    /// <summary>Gets a manifest or an index.</summary>
    /// <param name="tagOrDigest">Which; of a digest, its bytes are known to have it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ManifestNotFound"/>;
    /// <see cref="EngineErrorReason.InvalidManifest"/>: it is neither a manifest nor an index, or of Docker's schema 1;
    /// <see cref="EngineErrorReason.InputTooLarge"/>; <see cref="EngineErrorReason.DigestMismatch"/>.</exception>
    public Task<RegistryDocument> GetManifestAsync(string tagOrDigest, CancellationToken cancellationToken = default) =>
        _manifests.GetAsync(tagOrDigest, cancellationToken);

    /// <summary>Looks whether a manifest or an index is there, without getting it.</summary>
    /// <param name="tagOrDigest">Which.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the registry says of it; null when it is not there.</returns>
    public Task<Descriptor?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken = default) =>
        _manifests.FindAsync(tagOrDigest, cancellationToken);

    /// <summary>
    /// Downloads a blob, from where the target stands. It is tried again, on from the last byte, while the options
    /// allow it; when it returns, the target has verified the whole content.
    /// </summary>
    /// <param name="blob">Which; no byte more than its size is taken.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Ends it; the target keeps what it has.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.DigestMismatch"/>.</exception>
    public Task DownloadBlobAsync(Descriptor blob, IBlobTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blob);
        ArgumentNullException.ThrowIfNull(target);
        return new BlobDownload(_calls, blob, target).RunAsync(cancellationToken);
    }

    /// <summary>Lists the tags, in the registry's order, page by page as they are read.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InputTooLarge"/>.</exception>
    public IAsyncEnumerable<string> ListTagsAsync(CancellationToken cancellationToken = default) =>
        new TagList(_calls).ReadAsync(cancellationToken);

    /// <summary>Looks whether a blob is in the repository.</summary>
    /// <param name="digest">Which.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return _calls.RunAsync(
            $"blob {digest}",
            session => BlobExists.AskAsync(_calls, session, digest, cancellationToken),
            cancellationToken);
    }

    /// <summary>Takes a blob over from another repository of the same registry.</summary>
    /// <param name="digest">Which.</param>
    /// <param name="fromPath">The other repository's path: <c>library/busybox</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when the registry does not do it: the blob has to be uploaded.</returns>
    public Task<bool> MountBlobAsync(Digest digest, string fromPath, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(digest);
        ArgumentNullException.ThrowIfNull(fromPath);
        return new BlobMount(_calls, digest, fromPath).RunAsync(cancellationToken);
    }

    /// <summary>
    /// Uploads a blob, whether it is there or not. It is tried again, on from where the registry stands, while the
    /// options allow it.
    /// </summary>
    /// <param name="digest">The blob's digest; the registry verifies it.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="openSeekable">Opens the blob at its start, for each attempt anew.</param>
    /// <param name="progress">Hears up to which byte it was sent; a resumed upload goes back.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ContentMissing"/>: the blob cannot be read
    /// here.</exception>
    public Task UploadBlobAsync(
        Digest digest,
        long size,
        Func<Stream> openSeekable,
        Action<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(digest);
        ArgumentNullException.ThrowIfNull(openSeekable);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new BlobUpload(_calls, new BlobSource(digest, size, openSeekable, progress)).RunAsync(cancellationToken);
    }

    /// <summary>Puts a manifest or an index; what it refers to has to be there already.</summary>
    /// <param name="tagOrDigest">As what; a digest has to be the one of the bytes.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="raw">The very bytes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The digest under which it is there now.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.DigestMismatch"/>.</exception>
    public Task<Digest> PutManifestAsync(
        string tagOrDigest,
        string mediaType,
        ReadOnlyMemory<byte> raw,
        CancellationToken cancellationToken = default) =>
        _manifests.PutAsync(tagOrDigest, mediaType, raw, cancellationToken);
}
