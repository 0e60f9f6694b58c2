using Engine.Core.Images.Content;
using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Layers;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images.Layers;

/// <summary>
/// Unpacks layers, as many at once as there are processors, each of them once: whoever needs a layer that somebody else
/// is unpacking waits for it.
/// </summary>
internal sealed class LayerStore(
    LayerTable table, LayerDirectories directories, BlobStore blobs, LayerLimits limits, ILogger<LayerStore> logger)
    : IDisposable
{
    private readonly KeyedLock _chains = new();
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);

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
            tasks.Add(EnsureAsync(layers[index], below, belowComplete, progress, failed));
        }

        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch when (!cancellationToken.IsCancellationRequested)
        {
            // The first failure is why; the others were only called off because of it.
            throw tasks.Where(task => task.IsFaulted).Select(task => task.Exception!.InnerException!)
                .FirstOrDefault(error => error is not OperationCanceledException) is { } cause
                ? cause
                : new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Unpacks a layer whose diff id only its content tells.</summary>
    /// <param name="source">The layer as it came; it is closed.</param>
    /// <param name="progress">Told how many bytes of the source were read.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays.</param>
    public async Task<UnpackedLayer> UnpackBaseAsync(
        Stream source, Action<long>? progress, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    var (layer, unpacker) = Unpack(source, null, progress, cancellationToken);
                    using (unpacker)
                    {
                        return Finish(layer, unpacker, null);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

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
    public async Task<UnpackedLayer> UnpackAgainAsync(
        LayerSource source, IReadOnlyList<Digest> below, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    var (layer, unpacker) = Unpack(blobs.OpenRead(source.Blob), source, null, cancellationToken);
                    using (unpacker)
                    {
                        return Finish(layer, unpacker, below);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task EnsureAsync(
        LayerSource source, IReadOnlyList<Digest> below, Task belowComplete, IProgress<ImageProgress>? progress,
        CancellationTokenSource failed)
    {
        try
        {
            using (await _chains.AcquireAsync(source.ChainId.ToString(), failed.Token).ConfigureAwait(false))
            {
                if (!table.IsComplete(source.ChainId.ToString()))
                {
                    table.Begin(source.ChainId.ToString(), source.DiffId.ToString());
                    await UnpackAsync(source, below, belowComplete, progress, failed.Token).ConfigureAwait(false);
                }
            }

            progress?.Report(new ImageProgress(source.Blob.ShortHex, "Done", source.Size, source.Size));
        }
        catch
        {
            await failed.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task UnpackAsync(
        LayerSource source, IReadOnlyList<Digest> below, Task belowComplete, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        var unpacking = new ImportProgress(progress, source.Blob.ShortHex, "Unpacking", source.Size);
        UnpackedLayer layer;
        LayerUnpacker unpacker;
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            (layer, unpacker) = await Task.Run(
                () => Unpack(blobs.OpenRead(source.Blob), source, unpacking.Report, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }

        using (layer)
        using (unpacker)
        {
            if (unpacker.NeedsLower)
            {
                // Not while holding a slot: the layers below may be waiting for one.
                await belowComplete.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            Finish(layer, unpacker, below);
            Complete(layer, source.ChainId);
        }
    }

    private (UnpackedLayer Layer, LayerUnpacker Unpacker) Unpack(
        Stream source, LayerSource? expected, Action<long>? progress, CancellationToken cancellationToken)
    {
        var layer = new UnpackedLayer(directories, directories.NewIngest());
        LayerUnpacker? unpacker = null;
        try
        {
            unpacker = new LayerUnpacker(layer.Path, limits, logger);
            using var stream = LayerStream.Open(source, null, cancellationToken);
            unpacker.Unpack(stream, () => progress?.Invoke(source.Position), cancellationToken);
            var digests = stream.Complete();
            expected?.Blob.Require(digests.Blob, "layer");
            expected?.DiffId.Require(digests.DiffId, "unpacked layer");
            layer.DiffId = digests.DiffId;
            layer.Compression = digests.Compression;
            layer.Bytes = unpacker.Bytes;
            return (layer, unpacker);
        }
        catch
        {
            unpacker?.Dispose();
            layer.Dispose();
            throw;
        }
    }

    private UnpackedLayer Finish(UnpackedLayer layer, LayerUnpacker unpacker, IReadOnlyList<Digest>? below)
    {
        try
        {
            unpacker.Finish(below is { Count: > 0 } ? new LowerLayers([.. below.Select(directories.PathOf)]) : null);
            return layer;
        }
        catch
        {
            layer.Dispose();
            throw;
        }
    }

    private void Complete(UnpackedLayer layer, Digest chainId)
    {
        layer.Attach(chainId);
        table.Complete(chainId.ToString(), layer.Bytes);
    }
}
