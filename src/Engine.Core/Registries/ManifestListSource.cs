using Engine.Oci;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Oci.Platforms;
using Engine.Oci.References;

namespace Engine.Core.Registries;

/// <summary>
/// What one entry of a list comes to: the manifest that it names; or, of an index, all that this lists, as an index in
/// an index is not understood by everybody.
/// </summary>
internal sealed class ManifestListSource(RepositoryClient repository, ImageReference source, ManifestPlatform wanted)
{
    /// <summary>Reads it, and has it copied to where the list is going to be.</summary>
    public async Task<IReadOnlyList<Descriptor>> ReadAsync(ManifestCopy copy, CancellationToken cancellationToken)
    {
        var document = await GetAsync(source.Digest?.ToString() ?? source.Tag!, cancellationToken)
            .ConfigureAwait(false);
        if (ImageDocuments.Detect(document.Raw) == DocumentKind.Manifest)
        {
            var manifest = ImageDocuments.ReadManifest(document.Raw).Value;
            var platform = Merge(await PlatformAsync(manifest, cancellationToken).ConfigureAwait(false));
            await copy.RunAsync(document, manifest, cancellationToken).ConfigureAwait(false);
            return [Describe(document) with { Platform = platform == new Platform() ? null : platform }];
        }

        if (Merge(new Platform()) != new Platform())
        {
            throw Invalid(
                "it is an index itself, which has a platform for each of its manifests. Name one of these by its digest");
        }

        var descriptors = new List<Descriptor>();
        foreach (var entry in ImageDocuments.ReadIndex(document.Raw).Value.Manifests)
        {
            var below = await GetAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            if (ImageDocuments.Detect(below.Raw) != DocumentKind.Manifest)
            {
                throw Invalid("it is an index of indexes. Name the manifests by their digests");
            }

            var listed = ImageDocuments.ReadManifest(below.Raw).Value;
            await copy.RunAsync(below, listed, cancellationToken).ConfigureAwait(false);
            descriptors.Add(entry);
        }

        return descriptors;
    }

    private static Descriptor Describe(RegistryDocument document) =>
        new() { MediaType = document.MediaType, Digest = document.Digest, Size = document.Raw.Length };

    private Task<RegistryDocument> GetAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        repository.GetManifestAsync(tagOrDigest, cancellationToken);

    private async Task<Platform> PlatformAsync(ImageManifest manifest, CancellationToken cancellationToken)
    {
        if (!MediaTypes.IsConfig(manifest.Config.MediaType))
        {
            // An artifact is for no platform, unless the list says so.
            return new Platform();
        }

        if (manifest.Config.Size > ImageDocuments.MaxConfigSize)
        {
            throw new EngineException(
                EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge,
                $"The configuration of '{source.Familiar}' has {manifest.Config.Size} bytes; the engine's limit is "
                + $"{ImageDocuments.MaxConfigSize}.", source.Familiar);
        }

        var blob = new MemoryBlob(manifest.Config);
        await repository.DownloadBlobAsync(manifest.Config, blob, cancellationToken).ConfigureAwait(false);
        return ImageDocuments.ReadConfig(blob.Content).Value.Platform;
    }

    private Platform Merge(Platform own) => new()
    {
        Os = Or(wanted.Os, own.Os),
        Architecture = Or(wanted.Architecture, own.Architecture),
        Variant = Or(wanted.Variant, own.Variant ?? "") is { Length: > 0 } variant ? variant : null,
        OsVersion = Or(wanted.OsVersion, own.OsVersion ?? "") is { Length: > 0 } version ? version : null,
        OsFeatures = wanted.OsFeatures.Count > 0 ? wanted.OsFeatures : own.OsFeatures,
    };

    private static string Or(string first, string second) => first.Length > 0 ? first : second;

    private EngineException Invalid(string fault) => new(
        EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidManifest,
        $"'{source.Familiar}' cannot be in a list as it was asked for: {fault}.", source.Familiar);
}
