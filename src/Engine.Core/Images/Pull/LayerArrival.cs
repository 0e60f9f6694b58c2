using Engine.Core.Images.Layers;
using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Pull;

/// <summary>
/// A blob that one pull waits for: its share of the engine's download of it. When that is another repository's download
/// and fails, the pull's own repository is asked.
/// </summary>
internal sealed class LayerArrival(
    BlobDownloads downloads, RemoteRepository source, Descriptor blob, LayerProgress progress)
    : ILayerArrival, IAsyncDisposable
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile BlobDownload? _download;

    public LayerProgress Progress => progress;

    /// <summary>Fetches the blob; it is verified and kept at the end.</summary>
    /// <param name="slots">How many blobs the pull downloads at once.</param>
    /// <param name="cancellationToken">Ends the waiting; see <see cref="DisposeAsync"/>.</param>
    public async Task FetchAsync(SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            await FetchInTurnAsync(slots, cancellationToken).ConfigureAwait(false);
            downloads.RequireSize(blob);
            _settled.TrySetResult();
        }
        catch (EngineException error)
            when (error.Code == EngineErrorCode.NotFound && MediaTypes.IsForeignLayer(blob.MediaType))
        {
            throw Failed(new EngineException(
                EngineErrorCode.NotSupported, EngineErrorReason.InvalidManifest,
                $"The layer {blob.Digest.ShortHex} is not in the registry but elsewhere, as base layers of Windows are; "
                + "the engine fetches layers from registries alone.",
                blob.Digest.ToString(), error));
        }
        catch (Exception error)
        {
            Failed(error);
            throw;
        }
        finally
        {
            _begun.TrySetResult();
        }
    }

    public Task BeginAsync(CancellationToken cancellationToken) => _begun.Task.WaitAsync(cancellationToken);

    public Stream OpenRead(UnpackSlot slot, CancellationToken cancellationToken) =>
        _download is { } download
            ? new ArrivingStream(download.Content, slot, cancellationToken)
            : downloads.OpenKept(blob.Digest);

    public async Task<bool> SettleAsync(Stream attempt, CancellationToken cancellationToken)
    {
        await _settled.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return attempt is not ArrivingStream arriving
            || (arriving.Blob == _download?.Content && arriving.Attempt == arriving.Blob.Attempt);
    }

    /// <summary>Leaves the download, which stops if nobody else waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_download is { } download)
        {
            _download = null;
            await downloads.LeaveAsync(download, source, progress).ConfigureAwait(false);
        }
    }

    private Exception Failed(Exception error)
    {
        _settled.TrySetException(error);

        // Looking at it marks it as seen: it may be that nobody waits for it.
        _ = _settled.Task.Exception;
        return error;
    }

    private async Task FetchInTurnAsync(SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        while (true)
        {
            await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            BlobDownload download;
            try
            {
                if (downloads.Join(blob, source, progress) is not { } joined)
                {
                    return;
                }

                _download = download = joined;
                await download.HasBegun.WaitAsync(cancellationToken).ConfigureAwait(false);
                _begun.TrySetResult();
                await download.HasArrived.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // Putting it on the disk is no download: the next one may begin.
                slots.Release();
            }

            try
            {
                await download.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error)
                when (error is not OperationCanceledException && !download.Source.IsSame(source))
            {
                _download = null;
                await downloads.LeaveAsync(download, source, progress).ConfigureAwait(false);
            }
        }
    }
}
