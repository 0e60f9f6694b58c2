using Engine.Core.Images.Layers;
using Engine.Linux.Mounts;
using Engine.Oci;
using Engine.Oci.Documents;
using Engine.Oci.Platforms;

namespace Engine.Core.Images.Pull;

/// <summary>What a manifest must be for an image to come of it; checked before its content is downloaded.</summary>
internal static class ManifestRules
{
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidManifest"/>, <see cref="EngineErrorReason.InputTooLarge"/>.
    /// </exception>
    public static void Check(string name, ImageManifest manifest, LayerLimits limits)
    {
        if (manifest.Config.MediaType.Length > 0 && !MediaTypes.IsConfig(manifest.Config.MediaType))
        {
            throw NoImage(name, $"its content is {Shown.Text(manifest.ArtifactType ?? manifest.Config.MediaType)}");
        }

        if (manifest.Layers.FirstOrDefault(
            layer => layer.MediaType.Length > 0 && !MediaTypes.IsLayer(layer.MediaType)) is { } other)
        {
            throw NoImage(name, $"one of its layers is {Shown.Text(other.MediaType)}");
        }

        if (manifest.Layers.Count > OverlayMount.MaxLower)
        {
            throw new EngineException(
                EngineErrorCode.NotSupported, EngineErrorReason.InvalidManifest,
                $"'{name}' has {manifest.Layers.Count} layers; the engine runs images of up to "
                + $"{OverlayMount.MaxLower}.", name);
        }

        CheckSizes(name, manifest, limits);
    }

    /// <summary>Checks that a configuration belongs to its manifest, and is for what was asked for.</summary>
    /// <param name="name">The reference.</param>
    /// <param name="image">The image.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="wanted">The platform that was asked for; null when none was.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidManifest"/>, <see cref="EngineErrorReason.PlatformNotFound"/>.
    /// </exception>
    public static void Check(string name, RemoteImage image, ImageConfig config, Platform? wanted)
    {
        var layers = image.Manifest.Value.Layers.Count;
        if (layers != config.RootFs.DiffIds.Count)
        {
            throw new EngineException(
                EngineErrorCode.Corrupt, EngineErrorReason.InvalidManifest,
                $"The manifest of '{name}' is not valid: it has {layers} layers, and its configuration tells of "
                + $"{config.RootFs.DiffIds.Count}.", name);
        }

        // An index says for whom its manifests are; a configuration often leaves out the variant. Alone, it is all
        // there is to go by.
        if (!image.IsChosen && wanted is not null && config.Os.Length > 0
            && PlatformRanking.Rank(wanted, config.Platform) is null)
        {
            throw new EngineException(
                EngineErrorCode.NotFound, EngineErrorReason.PlatformNotFound,
                $"'{name}' has no matching manifest for {wanted}; it is there for {config.Platform.Normalized} alone.",
                name);
        }
    }

    private static void CheckSizes(string name, ImageManifest manifest, LayerLimits limits)
    {
        if (manifest.Config.Size > ImageDocuments.MaxConfigSize)
        {
            throw TooLarge(name, "configuration", manifest.Config.Size, ImageDocuments.MaxConfigSize);
        }

        if (limits.MaxBytes is { } most && manifest.Layers.FirstOrDefault(layer => layer.Size > most) is { } large)
        {
            throw TooLarge(name, $"layer {large.Digest.ShortHex}", large.Size, most);
        }

        var sizes = new Dictionary<Digest, long>();
        foreach (var content in manifest.Layers.Prepend(manifest.Config))
        {
            if (!sizes.TryAdd(content.Digest, content.Size) && sizes[content.Digest] != content.Size)
            {
                throw new EngineException(
                    EngineErrorCode.Corrupt, EngineErrorReason.InvalidManifest,
                    $"The manifest of '{name}' is not valid: it gives {content.Digest} two sizes.", name);
            }
        }
    }

    private static EngineException NoImage(string name, string fault) => new(
        EngineErrorCode.NotSupported, EngineErrorReason.InvalidManifest,
        $"'{name}' is no container image: {fault}. Use the tool that it was pushed with.", name);

    private static EngineException TooLarge(string name, string what, long size, long limit) => new(
        EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge,
        $"The {what} of '{name}' has {size} bytes; the engine's limit is {limit}.", name);
}
