using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Linux.Mounts;
using Engine.Oci;
using Engine.Oci.Documents;
using Engine.Oci.Layers;

namespace Engine.Core.Images.Derive;

/// <summary>
/// Makes an image of another one: its layers, perhaps one more upon them, and a configuration of its own. The layers
/// below are shared, on the disk and as blobs.
/// </summary>
internal sealed class ImageDerivation(
    BlobStore blobs, LayerStore layers, ImageTable images, StoredDocuments documents, ContentHolds holds,
    ContentCollector collector, EventStream events, ImageView view, TimeProvider time, ArchiveCompression compression)
{
    private readonly LayerMaking _making = new(blobs, compression);

    /// <summary>Makes the image, and records it.</summary>
    /// <param name="parentId">The id of the image below; somebody keeps it meanwhile.</param>
    /// <param name="write">Writes the tar of the layer upon it.</param>
    /// <param name="step">What the new image says of itself.</param>
    /// <param name="cancellationToken">Ends the work; nothing of it stays.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContentMissing"/>, <see cref="EngineErrorReason.InvalidManifest"/>,
    /// <see cref="EngineErrorReason.DiskFull"/>, <see cref="EngineErrorReason.InputTooLarge"/>.
    /// </exception>
    public async Task<ContainerImage> RunAsync(
        string parentId, LayerMaking.Write write, DerivedStep step, CancellationToken cancellationToken)
    {
        using var hold = new ContentHold(holds, collector);
        var parent = images.Find(parentId) ?? throw ImageErrors.NotFound(parentId);
        var below = documents.ManifestOf(parent).Value;
        var layer = await _making.RunAsync(write, hold, cancellationToken).ConfigureAwait(false);
        var config = ImageDocuments.Write(ConfigOf(parent.Config, layer, step));
        var manifest = ImageDocuments.Write(ManifestOf(below, config, layer));
        var chain = ChainId.Compute(config.Value.RootFs.DiffIds);
        Require(chain);
        await UnpackAsync(manifest.Value, config.Value, chain, hold, cancellationToken).ConfigureAwait(false);
        blobs.Put(config.Raw, hold);
        blobs.Put(manifest.Raw, hold);

        // From here on it is done: a caller who gives up now finds the image.
        cancellationToken.ThrowIfCancellationRequested();
        var image = new NewImage(
            config, manifest.Digest, [config.Digest, manifest.Digest, .. manifest.Value.Layers.Select(l => l.Digest).Distinct()],
            chain)
        {
            Parent = parent.Id,
        };
        images.Add([image], References(step, image.Id), new Dictionary<string, IReadOnlyList<string>>());
        var made = images.Find(image.Id)!;
        if (step.Reference is not null)
        {
            events.PublishImage("tag", made, step.Reference);
        }

        return view.Of(made);
    }

    private async Task UnpackAsync(
        ImageManifest manifest, ImageConfig config, IReadOnlyList<Digest> chain, ContentHold hold,
        CancellationToken cancellationToken)
    {
        LayerSource[] sources =
        [
            .. manifest.Layers.Select((descriptor, index) =>
                new LayerSource(descriptor.Digest, descriptor.Size, config.RootFs.DiffIds[index], chain[index])),
        ];
        foreach (var source in sources)
        {
            if (blobs.SizeOf(source.Blob) != source.Size)
            {
                // Better now than when the image is to be pushed.
                throw ImageErrors.ContentMissing(config.RootFs.DiffIds[^1].ToString(), source.Blob);
            }

            hold.AddBlob(source.Blob);
        }

        await layers.EnsureAsync(sources, hold, null, cancellationToken).ConfigureAwait(false);
    }

    private ImageConfig ConfigOf(ImageConfig parent, NewLayer? layer, DerivedStep step)
    {
        var now = time.GetUtcNow();
        return parent with
        {
            Created = now,
            Author = NotEmpty(step.Author),
            Comment = null,
            Config = step.Execution,
            RootFs = new RootFs { DiffIds = layer is null ? parent.RootFs.DiffIds : [.. parent.RootFs.DiffIds, layer.DiffId] },
            History =
            [
                .. HistoryOf(parent),
                new HistoryEntry
                {
                    Created = now,
                    CreatedBy = NotEmpty(step.CreatedBy),
                    Author = NotEmpty(step.Author),
                    Comment = NotEmpty(step.Comment),
                    EmptyLayer = layer is null,
                },
            ],
        };
    }

    // A history is optional, but one that begins in the middle would be taken for that of the lowest layers.
    private static IEnumerable<HistoryEntry> HistoryOf(ImageConfig parent)
    {
        var told = parent.History ?? [];
        var missing = parent.RootFs.DiffIds.Count - told.Count(step => !step.EmptyLayer);
        return told.Concat(Enumerable.Repeat(new HistoryEntry { Created = parent.Created }, Math.Max(missing, 0)));
    }

    // In the words of the manifest below: its layers' types are Docker's or OCI's, and a mixture is neither.
    private static ImageManifest ManifestOf(ImageManifest below, Document<ImageConfig> config, NewLayer? layer)
    {
        var docker = below.MediaType == MediaTypes.DockerManifest;
        var type = layer?.Compression switch
        {
            ArchiveCompression.Gzip => docker ? MediaTypes.DockerLayerGzip : MediaTypes.OciLayerGzip,
            ArchiveCompression.Zstd => docker ? MediaTypes.DockerLayerZstd : MediaTypes.OciLayerZstd,
            _ => docker ? MediaTypes.DockerLayer : MediaTypes.OciLayer,
        };
        return new ImageManifest
        {
            SchemaVersion = 2,
            MediaType = docker ? MediaTypes.DockerManifest : MediaTypes.OciManifest,
            Config = config.Describe(docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig),
            Layers = layer is null
                ? below.Layers
                : [.. below.Layers, new Descriptor { MediaType = type, Digest = layer.Blob.Digest, Size = layer.Blob.Size }],
        };
    }

    private static void Require(IReadOnlyList<Digest> chain)
    {
        if (chain.Count is 0 or > OverlayMount.MaxLower)
        {
            throw new EngineException(
                EngineErrorCode.NotSupported, EngineErrorReason.InvalidManifest,
                $"The image would have {chain.Count} layers; the engine runs images of 1 to {OverlayMount.MaxLower}. "
                + "Export the container and import its files: that makes one layer of all.");
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> References(DerivedStep step, string id) =>
        step.Reference is null ? [] : new() { [step.Reference] = [id] };

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
