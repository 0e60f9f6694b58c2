using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Documents;
using Engine.Oci.Layers;

namespace Engine.Core.Images.Pull;

/// <summary>
/// Brings everything of a manifest into the store: downloads what is not there, a few blobs at once, and unpacks each
/// layer while it comes.
/// </summary>
internal sealed class ImageFetch(
    BlobStore blobs, LayerStore layers, BlobDownloads downloads, LayerLimits limits, int downloadsAtOnce)
{
    /// <param name="name">The reference, for messages.</param>
    /// <param name="image">The image at its registry.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="repository">Where it is.</param>
    /// <param name="hold">Who needs what this brings.</param>
    /// <param name="progress">Told how each layer goes.</param>
    /// <param name="cancellationToken">Ends the work; what nobody else waits for stops.</param>
    public async Task<NewImage> RunAsync(
        string name, RemoteImage image, PullRequest request, RemoteRepository repository, ContentHold hold,
        IProgress<ImageProgress>? progress, CancellationToken cancellationToken)
    {
        var manifest = image.Manifest.Value;
        ManifestRules.Check(name, manifest, limits);
        hold.AddBlob(manifest.Config.Digest);
        foreach (var layer in manifest.Layers)
        {
            hold.AddBlob(layer.Digest);
        }

        var config = await FetchConfigAsync(manifest.Config, repository, cancellationToken).ConfigureAwait(false);
        ManifestRules.Check(name, image, config.Value, request.Platform);
        var chain = ChainId.Compute(config.Value.RootFs.DiffIds);
        await FetchLayersAsync(
            manifest.Layers, config.Value.RootFs.DiffIds, chain, repository, hold, progress, cancellationToken)
            .ConfigureAwait(false);

        var documents = image.Documents.Select(raw => blobs.Put(raw, hold).Digest).ToList();
        return new NewImage(
            config, image.Manifest.Digest,
            [.. documents.Concat(manifest.Layers.Select(layer => layer.Digest)).Append(config.Digest).Distinct()], chain)
        {
            IsFromRegistry = true,
        };
    }

    private async Task<Document<ImageConfig>> FetchConfigAsync(
        Descriptor described, RemoteRepository repository, CancellationToken cancellationToken)
    {
        using var one = new SemaphoreSlim(1);
        var quiet = new LayerProgress(null, described.Digest.ShortHex, described.Size);
        await using (var arrival = new LayerArrival(downloads, repository, described, quiet))
        {
            await arrival.FetchAsync(one, cancellationToken).ConfigureAwait(false);
        }

        var raw = new byte[described.Size];
        await using var content = blobs.OpenRead(described.Digest);
        await content.ReadExactlyAsync(raw, cancellationToken).ConfigureAwait(false);
        return ImageDocuments.ReadConfig(raw);
    }

    private async Task FetchLayersAsync(
        IReadOnlyList<Descriptor> described, IReadOnlyList<Digest> diffIds, IReadOnlyList<Digest> chain,
        RemoteRepository repository, ContentHold hold, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(downloadsAtOnce);
        var arrivals = new Dictionary<Digest, LayerArrival>();
        foreach (var layer in described.Where(layer => !arrivals.ContainsKey(layer.Digest)))
        {
            downloads.RequireSize(layer);
            if (!blobs.Contains(layer.Digest))
            {
                var told = new LayerProgress(progress, layer.Digest.ShortHex, layer.Size);
                told.Waiting();
                arrivals.Add(layer.Digest, new LayerArrival(downloads, repository, layer, told));
            }
        }

        LayerSource[] sources =
        [
            .. described.Select((layer, index) =>
                new LayerSource(layer.Digest, layer.Size, diffIds[index], chain[index])
                {
                    Arrival = arrivals.GetValueOrDefault(layer.Digest),
                    Progress = arrivals.GetValueOrDefault(layer.Digest)?.Progress,
                }),
        ];
        List<Task> parts =
        [
            .. described.Select(layer => layer.Digest).Distinct().Where(arrivals.ContainsKey)
                .Select(digest => CallOffAsync(arrivals[digest].FetchAsync(slots, failed.Token), failed)),
            CallOffAsync(layers.EnsureAsync(sources, hold, progress, failed.Token), failed),
        ];
        try
        {
            await FirstCause.WhenAllAsync(parts, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var arrival in arrivals.Values)
            {
                await arrival.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task CallOffAsync(Task part, CancellationTokenSource all)
    {
        try
        {
            await part.ConfigureAwait(false);
        }
        catch
        {
            await all.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
