using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>Finds what a manifest lists, and checks that it fits together.</summary>
internal static class ManifestImage
{
    /// <summary>The image of a manifest; null when a blob that it lists is not in the archive.</summary>
    public static async ValueTask<ArchiveImage?> ReadAsync(
        ArchiveFiles files, Document<ImageManifest> manifest, CancellationToken cancellationToken)
    {
        Descriptor described = manifest.Value.Config;
        if (files.FindBlob(described.Digest, described.Size) is not { } configFile)
        {
            return null;
        }

        byte[] raw = await files.ReadAsync(
            configFile, ImageDocuments.MaxConfigSize, cancellationToken).ConfigureAwait(false);
        Document<ImageConfig> config = ImageDocuments.ReadConfig(raw);
        IReadOnlyList<Descriptor> layers = manifest.Value.Layers;
        RequireAsMany(layers.Count, config);
        var found = new List<ArchiveLayer>(layers.Count);
        for (int i = 0; i < layers.Count; i++)
        {
            if (files.FindBlob(layers[i].Digest, layers[i].Size) is not { } blob)
            {
                return null;
            }

            found.Add(new ArchiveLayer(layers[i], blob, config.Value.RootFs.DiffIds[i]));
        }

        return new ArchiveImage
        {
            References = [],
            Tags = [],
            Manifest = manifest,
            IsManifestMade = false,
            Config = config,
            Layers = found,
        };
    }

    public static void RequireAsMany(int layers, Document<ImageConfig> config)
    {
        int diffIds = config.Value.RootFs.DiffIds.Count;
        if (layers != diffIds)
        {
            throw new EngineException(
                EngineErrorCode.Corrupt,
                EngineErrorReason.InvalidManifest,
                $"The image {config.Digest.ShortHex} is not valid: it has {layers} layers, and its configuration tells of {diffIds}.",
                config.Digest.ToString());
        }
    }
}
