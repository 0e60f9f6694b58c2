using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Core.Images.Push;

/// <summary>
/// Brings one blob to a registry: not at all when it is there, from another repository of the registry when that has
/// it, else byte by byte.
/// </summary>
internal sealed class BlobUpload(
    BlobStore blobs, ImageTable images, ImageReference reference, Descriptor blob, LayerProgress progress,
    IRegistryObserver observer) : IRegistryObserver
{
    // Each is a request that may well be for nothing.
    private const int MaxMounts = 3;

    private long _sent;

    public async Task RunAsync(RepositoryClient repository, CancellationToken cancellationToken)
    {
        if (await repository.HasBlobAsync(blob.Digest, cancellationToken).ConfigureAwait(false))
        {
            progress.Done(before: true);
            return;
        }

        foreach (var path in OtherRepositories())
        {
            if (await repository.MountBlobAsync(blob.Digest, path, cancellationToken).ConfigureAwait(false))
            {
                progress.Mounted(path);
                return;
            }
        }

        await repository.UploadBlobAsync(
            blob.Digest, blob.Size, () => blobs.OpenRead(blob.Digest), Sent, cancellationToken).ConfigureAwait(false);
        progress.Done(before: false);
    }

    public void Warning(string text) => observer.Warning(text);

    public void Retrying(string what, TimeSpan delay, Exception cause) =>
        progress.Retrying(delay, Interlocked.Read(ref _sent));

    private void Sent(long bytes)
    {
        Interlocked.Exchange(ref _sent, bytes);
        progress.Pushing(bytes);
    }

    /// <summary>The paths of the registry's repositories that served or were sent an image with this blob.</summary>
    private IEnumerable<string> OtherRepositories() => images.DigestsWithBlob(blob.Digest)
        .Select(text => ImageReference.Parse(text))
        .Where(other => other.Domain == reference.Domain && other.Path != reference.Path)
        .Select(other => other.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxMounts);
}
