using System.Runtime.CompilerServices;
using Engine.Core.Images.Check;
using Engine.Core.Images.Layers;
using Engine.Oci;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>
/// Reads every record, blob and layer of the store, and tells what is wrong. Images and containers can be used, made and
/// removed meanwhile.
/// </summary>
public sealed partial class CheckStore
{
    private readonly RecordCheck _records;
    private readonly BlobCheck _blobs;
    private readonly LayerCheck _layers;
    private readonly KeyedLock _running = new();
    private readonly ILogger<CheckStore> _logger;

    internal CheckStore(RecordCheck records, BlobCheck blobs, LayerCheck layers, ILogger<CheckStore> logger)
    {
        _records = records;
        _blobs = blobs;
        _layers = layers;
        _logger = logger;
    }

    /// <summary>Checks the store; one check at a time, a second one waits.</summary>
    /// <param name="repair">True to put right what can be.</param>
    /// <param name="cancellationToken">Ends the check between two pieces of a file.</param>
    /// <returns>Each blob and layer before it is looked at, and what is wrong as it is found.</returns>
    public async IAsyncEnumerable<StoreCheckStep> HandleAsync(
        bool repair, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var one = await _running.AcquireAsync("store", cancellationToken).ConfigureAwait(false);
        await foreach (var step in RunAsync(repair, cancellationToken).ConfigureAwait(false))
        {
            if (step.Finding is { } finding)
            {
                Found(_logger, finding.Fault, finding.Target, finding.Message, finding.Repaired);
            }

            yield return step;
        }
    }

    private async IAsyncEnumerable<StoreCheckStep> RunAsync(
        bool repair, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Records first: what they say decides what is needed. Blobs before layers: a layer is judged by its blob.
        foreach (var finding in _records.Run(repair))
        {
            yield return new StoreCheckStep(null, finding);
        }

        var blobs = _blobs.Needed();
        var layers = _layers.Known();
        var done = 0;
        foreach (var blob in blobs)
        {
            yield return Progress(blob, done++);
            if (await Task.Run(() => _blobs.Check(blob, repair, cancellationToken), cancellationToken)
                .ConfigureAwait(false) is { } finding)
            {
                yield return new StoreCheckStep(null, finding);
            }
        }

        foreach (var layer in layers)
        {
            yield return Progress(layer.Source.ChainId, done++);
            if (await _layers.CheckAsync(layer, repair, cancellationToken).ConfigureAwait(false) is { } finding)
            {
                yield return new StoreCheckStep(null, finding);
            }
        }

        foreach (var finding in _blobs.Unreferenced(repair).Concat(_layers.Unreferenced(repair)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new StoreCheckStep(null, finding);
        }

        StoreCheckStep Progress(Digest item, int current) =>
            new(new StoreCheckProgress(item.ToString(), current, blobs.Count + layers.Count), null);
    }
}
