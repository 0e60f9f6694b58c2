using Engine.Oci;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Core.Registries;

/// <summary>
/// Takes a manifest and its blobs over into the repository of a list: an index can only list what is beside it
/// (distribution-spec, "Pushing Manifests"). Nothing is downloaded for it.
/// </summary>
internal sealed class ManifestCopy(
    RepositoryClient target, ImageReference targetName, RepositoryClient source, ImageReference sourceName)
{
    /// <summary>Takes it over, if it is not there already.</summary>
    /// <exception cref="EngineException">The code NotSupported: the registry does not mount blobs.</exception>
    public async Task RunAsync(RegistryDocument document, ImageManifest manifest, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(source, target))
        {
            return;
        }

        var digest = document.Digest.ToString();
        if (await target.FindManifestAsync(digest, cancellationToken).ConfigureAwait(false) is not null)
        {
            return;
        }

        var blobs = manifest.Layers
            .Where(layer => !MediaTypes.IsForeignLayer(layer.MediaType))
            .Prepend(manifest.Config);
        foreach (var blob in blobs.Select(blob => blob.Digest).Distinct())
        {
            if (!await target.HasBlobAsync(blob, cancellationToken).ConfigureAwait(false)
                && !await target.MountBlobAsync(blob, sourceName.Path, cancellationToken).ConfigureAwait(false))
            {
                throw new EngineException(
                    EngineErrorCode.NotSupported, EngineErrorReason.RegistryFailed,
                    $"The registry {targetName.Domain} does not take {blob} over from {sourceName.FamiliarRepository} "
                    + $"into {targetName.FamiliarRepository}. Push that image to {targetName.FamiliarRepository} first.",
                    sourceName.Familiar);
            }
        }

        await target.PutManifestAsync(digest, document.MediaType, document.Raw, cancellationToken)
            .ConfigureAwait(false);
    }
}
