using Engine.Core.Images.Changes;
using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Documents;
using Engine.Oci.Platforms;

namespace Engine.Core.Images.Import;

/// <summary>Makes an image of a root file system: one layer, and a configuration that says so.</summary>
internal sealed class RootFileSystemImport(BlobStore blobs, LayerStore layers, TimeProvider time)
{
    /// <param name="archive">The tar as it came; it becomes the image's layer as it is.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="hold">Who needs what this keeps.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays.</param>
    public async Task<NewImage> RunAsync(
        IngestFile archive, ImportRequest request, ContentHold hold, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        var item = archive.Digest().ShortHex;
        var unpacking = new ItemProgress(progress, item, archive.Length);
        using var layer = await layers.UnpackBaseAsync(
            archive.OpenRead(), bytes => unpacking.Report("Unpacking", bytes), cancellationToken).ConfigureAwait(false);
        var blob = blobs.Keep(archive, null, hold);
        await layers.AttachBaseAsync(layer, hold, cancellationToken).ConfigureAwait(false);

        var config = ImageDocuments.Write(ConfigOf(layer.DiffId!, request));
        var manifest = ImageDocuments.Write(new ImageManifest
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciManifest,
            Config = config.Describe(MediaTypes.OciConfig),
            Layers = [new Descriptor { MediaType = LayerMediaType.Of(
                layer.Compression), Digest = blob.Digest, Size = blob.Size }],
        });
        blobs.Put(config.Raw, hold);
        blobs.Put(manifest.Raw, hold);
        progress?.Report(new ImageProgress(item, "Done", archive.Length, archive.Length));
        return new NewImage(config, manifest.Digest, [config.Digest, manifest.Digest, blob.Digest], [layer.DiffId!]);
    }

    private ImageConfig ConfigOf(Digest diffId, ImportRequest request)
    {
        var platform = request.Platform ?? Platform.Host;
        var now = time.GetUtcNow();
        return new ImageConfig
        {
            Created = now,
            Architecture = platform.Architecture,
            // The host's generation says what it could run, not what this file system needs: without a word it runs on
            // all.
            Variant = request.Platform is null && platform.Architecture == "amd64" ? null : platform.Variant,
            Os = platform.Os,
            Config = ConfigurationChanges.Apply(request.Changes),
            RootFs = new RootFs { DiffIds = [diffId] },
            History = [new HistoryEntry { Created = now, Comment = request.Message is "" ? null : request.Message }],
        };
    }
}
