using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Pull;

/// <summary>
/// All downloads of the engine: a blob that several pulls need at once is downloaded once. Each that leaves before it
/// is there leaves it to the others; the last one's leaving stops it.
/// </summary>
internal sealed class BlobDownloads(BlobStore blobs, int limit) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, BlobDownload> _running = [];
    private readonly SemaphoreSlim _slots = new(limit);

    /// <summary>Joins the download of a blob, or begins one.</summary>
    /// <param name="blob">The blob. The caller holds it already.</param>
    /// <param name="source">Where to get it, if nobody else is getting it.</param>
    /// <param name="progress">Told how it goes.</param>
    /// <returns>A share of it, to be left; null when the blob is there.</returns>
    public BlobDownload? Join(Descriptor blob, RemoteRepository source, LayerProgress progress)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(blob.Digest, out var download))
            {
                // A download is taken off the list after its blob has its name.
                if (blobs.Contains(blob.Digest))
                {
                    return null;
                }

                download = new BlobDownload(blobs, blob, source);
                _running.Add(blob.Digest, download);
                download.Start(_slots);
                _ = download.Completion.ContinueWith(
                    ended => Forget(download, ended.Exception), CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            download.Users++;
            download.Watch(progress, source.Observer);
            return download;
        }
    }

    /// <summary>Leaves a download: the last one waits until it is stopped and nothing of it is left.</summary>
    public async Task LeaveAsync(BlobDownload download, RemoteRepository source, LayerProgress progress)
    {
        download.Unwatch(progress, source.Observer);
        lock (_gate)
        {
            if (--download.Users > 0)
            {
                return;
            }

            // From now on nobody joins what is being stopped.
            Remove(download);
        }

        await download.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Checks that a blob that is there is as large as a manifest says.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidManifest"/>.</exception>
    public void RequireSize(Descriptor blob)
    {
        if (blobs.SizeOf(blob.Digest) is { } size && size != blob.Size)
        {
            throw new EngineException(
                EngineErrorCode.Corrupt, EngineErrorReason.InvalidManifest,
                $"The manifest says that the blob {blob.Digest} has {blob.Size} bytes; it has {size}.",
                blob.Digest.ToString());
        }
    }

    /// <summary>Opens a blob that is there.</summary>
    public Stream OpenKept(Digest digest) => blobs.OpenRead(digest);

    public void Dispose() => _slots.Dispose();

    // Looking at the failure is what marks it as seen: those who waited may all be gone.
    private void Forget(BlobDownload download, AggregateException? seen)
    {
        _ = seen;
        lock (_gate)
        {
            Remove(download);
        }
    }

    private void Remove(BlobDownload download)
    {
        if (_running.TryGetValue(download.Blob.Digest, out var running) && running == download)
        {
            _running.Remove(download.Blob.Digest);
        }
    }
}
