using Engine.Core.Images.Content;
using Engine.Core.Images.Records;
using Engine.Oci;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images.Layers;

/// <summary>
/// The unpacked layers. Each is unpacked once: whoever needs a layer that somebody else is unpacking waits for it.
/// </summary>
internal sealed class LayerStore(
    LayerTable table, LayerDirectories directories, BlobStore blobs, LayerLimits limits, ILogger<LayerStore> logger)
    : IDisposable
{
    private readonly KeyedLock _chains = new();
    private readonly LayerUnpacking _unpacking = new(directories, blobs, limits, logger);

    /// <summary>Makes sure that all layers of an image are unpacked and complete.</summary>
    /// <param name="layers">The layers, the lowest first.</param>
    /// <param name="hold">Who needs them from now on.</param>
    /// <param name="progress">Told what is done to each.</param>
    /// <param name="cancellationToken">Ends the work; what was not complete leaves nothing.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.DigestMismatch"/>, or what <see cref="LayerUnpacker"/> finds.
    /// </exception>
    public async Task EnsureAsync(
        IReadOnlyList<LayerSource> layers, ContentHold hold, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new List<Task>();
        for (var index = 0; index < layers.Count; index++)
        {
            hold.AddLayer(layers[index].ChainId);
            Digest[] below = [.. layers.Take(index).Select(layer => layer.ChainId).Reverse()];
            var belowComplete = Task.WhenAll(tasks);
            tasks.Add(EnsureAsync(WithProgress(layers[index], progress), below, belowComplete, failed));
        }

        await FirstCause.WhenAllAsync(tasks, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Unpacks a layer whose diff id only its content tells.</summary>
    /// <param name="source">The layer as it came; it is closed.</param>
    /// <param name="progress">Told how many bytes of the source were read.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays.</param>
    public Task<UnpackedLayer> UnpackBaseAsync(
        Stream source, Action<long>? progress, CancellationToken cancellationToken) =>
        _unpacking.UnpackWholeAsync(() => source, null, [], progress, cancellationToken);

    /// <summary>
    /// Gives a layer from <see cref="UnpackBaseAsync"/> its name, unless somebody else's has it already.
    /// </summary>
    public async Task AttachBaseAsync(UnpackedLayer layer, ContentHold hold, CancellationToken cancellationToken)
    {
        var chainId = layer.DiffId!;
        hold.AddLayer(chainId);
        using (await _chains.AcquireAsync(chainId.ToString(), cancellationToken).ConfigureAwait(false))
        {
            if (!table.IsComplete(chainId.ToString()))
            {
                table.Begin(chainId.ToString(), chainId.ToString());
                Complete(layer, chainId);
            }
        }
    }

    /// <summary>Unpacks a layer once more, without giving it its name: what it should be like.</summary>
    /// <param name="source">The layer, whose blob is kept.</param>
    /// <param name="below">The chain ids of the layers below it, the nearest first; they are complete.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.DigestMismatch"/>, or what <see cref="LayerUnpacker"/> finds.
    /// </exception>
    public Task<UnpackedLayer> UnpackAgainAsync(
        LayerSource source, IReadOnlyList<Digest> below, CancellationToken cancellationToken) =>
        _unpacking.UnpackWholeAsync(() => blobs.OpenRead(source.Blob), source, below, null, cancellationToken);

    public void Dispose() => _unpacking.Dispose();

    private static LayerSource WithProgress(LayerSource source, IProgress<ImageProgress>? progress) => source with
    {
        Progress = source.Progress ?? new LayerProgress(progress, source.Blob.ShortHex, source.Size),
    };

    private async Task EnsureAsync(
        LayerSource source, IReadOnlyList<Digest> below, Task belowComplete, CancellationTokenSource failed)
    {
        try
        {
            var before = true;
            using (await _chains.AcquireAsync(source.ChainId.ToString(), failed.Token).ConfigureAwait(false))
            {
                if (!table.IsComplete(source.ChainId.ToString()))
                {
                    before = false;
                    table.Begin(source.ChainId.ToString(), source.DiffId.ToString());
                    await UnpackAsync(source, below, belowComplete, failed.Token).ConfigureAwait(false);
                }
            }

            if (source.Arrival is { } arrival)
            {
                // A layer that was unpacked before still needs its blob: an image is pushed as it was pulled.
                await arrival.SettleAsync(Stream.Null, failed.Token).ConfigureAwait(false);
                before = false;
            }

            source.Progress!.Done(before);
        }
        catch
        {
            await failed.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task UnpackAsync(
        LayerSource source, IReadOnlyList<Digest> below, Task belowComplete, CancellationToken cancellationToken)
    {
        var (layer, unpacker) = await _unpacking.UnpackAsync(source, cancellationToken).ConfigureAwait(false);
        using (layer)
        using (unpacker)
        {
            if (unpacker.NeedsLower)
            {
                // Not while holding a slot: the layers below may be waiting for one.
                await belowComplete.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            _unpacking.Finish(unpacker, below);
            Complete(layer, source.ChainId);
        }
    }

    private void Complete(UnpackedLayer layer, Digest chainId)
    {
        layer.Attach(chainId);
        table.Complete(chainId.ToString(), layer.Bytes);
    }
}
