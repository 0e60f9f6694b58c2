using Engine.Core.Images.Content;
using Engine.Core.Images.Import;
using Engine.Oci;
using Engine.Oci.Layers;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images.Layers;

/// <summary>
/// Unpacks layers into directories of ingest/, as many at once as there are processors, and verifies what came out.
/// </summary>
internal sealed class LayerUnpacking(
    LayerDirectories directories, BlobStore blobs, LayerLimits limits, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);

    /// <summary>Unpacks a layer whose blob is kept or arrives; it is to be finished.</summary>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.DigestMismatch"/>, or what <see cref="LayerUnpacker"/> finds.
    /// </exception>
    public Task<(UnpackedLayer Layer, LayerUnpacker Unpacker)> UnpackAsync(
        LayerSource source, CancellationToken cancellationToken) => source.Arrival is { } arrival
        ? UnpackArrivingAsync(source, arrival, cancellationToken)
        : UnpackAsync(_ => blobs.OpenRead(source.Blob), source, source.Progress!.Unpacking, cancellationToken);

    /// <summary>Unpacks and finishes a layer.</summary>
    /// <param name="open">Opens the layer as it came; what that gives is closed.</param>
    /// <param name="expected">What it must be; null when only its content tells.</param>
    /// <param name="below">The chain ids of the layers below it, the nearest first; they are complete.</param>
    /// <param name="progress">Told how many bytes of the source were read.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays.</param>
    public async Task<UnpackedLayer> UnpackWholeAsync(
        Func<Stream> open, LayerSource? expected, IReadOnlyList<Digest> below, Action<long>? progress,
        CancellationToken cancellationToken)
    {
        var (layer, unpacker) = await UnpackAsync(
            _ => open(), expected, progress, cancellationToken).ConfigureAwait(false);
        using (unpacker)
        {
            try
            {
                Finish(unpacker, below);
                return layer;
            }
            catch
            {
                layer.Dispose();
                throw;
            }
        }
    }

    /// <summary>Does what had to wait for the layers below.</summary>
    public void Finish(LayerUnpacker unpacker, IReadOnlyList<Digest> below) =>
        unpacker.Finish(below.Count > 0 ? new LowerLayers([.. below.Select(directories.PathOf)]) : null);

    public void Dispose() => _slots.Dispose();

    /// <summary>
    /// Unpacks a layer behind its download. Bytes that are not verified yet may be unpacked, and may be anything: only
    /// when they have turned out to be the layer's does a fault count as the layer's.
    /// </summary>
    private async Task<(UnpackedLayer Layer, LayerUnpacker Unpacker)> UnpackArrivingAsync(
        LayerSource source, ILayerArrival arrival, CancellationToken cancellationToken)
    {
        await arrival.BeginAsync(cancellationToken).ConfigureAwait(false);
        for (var attempts = 1; ; attempts++)
        {
            Stream? attempt = null;
            (UnpackedLayer Layer, LayerUnpacker Unpacker) unpacked;
            try
            {
                unpacked = await UnpackAsync(
                    slot => attempt = arrival.OpenRead(slot, cancellationToken), source, source.Progress!.Unpacking,
                    cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (!IsFinal(error))
            {
                // What could not even be opened may have been about to be exchanged for another source's; once.
                var settled = await arrival.SettleAsync(attempt ?? Stream.Null, cancellationToken).ConfigureAwait(false);
                if (settled && (attempt is not null || attempts > 1))
                {
                    throw;
                }

                continue;
            }

            try
            {
                if (await arrival.SettleAsync(attempt!, cancellationToken).ConfigureAwait(false))
                {
                    return unpacked;
                }
            }
            catch
            {
                Drop(unpacked);
                throw;
            }

            Drop(unpacked);
        }
    }

    // What no other content would change: there is no sense in waiting for the rest.
    private static bool IsFinal(Exception error) =>
        error is OperationCanceledException
        || error is EngineException { Reason: EngineErrorReason.InputTooLarge or EngineErrorReason.DiskFull }
        || DiskFault.Of(error) is not null;

    private static void Drop((UnpackedLayer Layer, LayerUnpacker Unpacker) unpacked)
    {
        unpacked.Unpacker.Dispose();
        unpacked.Layer.Dispose();
    }

    private async Task<(UnpackedLayer Layer, LayerUnpacker Unpacker)> UnpackAsync(
        Func<UnpackSlot, Stream> open, LayerSource? expected, Action<long>? progress,
        CancellationToken cancellationToken)
    {
        using var slot = await UnpackSlot.TakeAsync(_slots, cancellationToken).ConfigureAwait(false);

        // A thread of its own: it may wait for a network, and the pool's threads are few.
        return await Task.Factory.StartNew(
            () => Unpack(open(slot), expected, progress, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
    }

    private (UnpackedLayer Layer, LayerUnpacker Unpacker) Unpack(
        Stream source, LayerSource? expected, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var content = source;
        var layer = new UnpackedLayer(directories, directories.NewIngest());
        LayerUnpacker? unpacker = null;
        try
        {
            unpacker = new LayerUnpacker(layer.Path, limits, logger);
            // A download verifies what it writes, and its reader sees the end of nothing else.
            var options = new LayerStreamOptions { VerifiedBlob = expected?.Arrival is null ? null : expected.Blob };
            using var stream = LayerStream.Open(source, options, cancellationToken);
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
}
