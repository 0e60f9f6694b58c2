using Engine.Oci.Distribution;
using Engine.Oci.References;

namespace Engine.Core.Registries;

/// <summary>Gets a manifest from its registry, or an index with all that is below it.</summary>
public sealed class GetRegistryManifest(RegistryClient registries)
{
    /// <summary>Gets it.</summary>
    /// <param name="reference">Which.</param>
    /// <param name="insecure">Plain HTTP or an unknown certificate will do.</param>
    /// <param name="credential">Who asks; null for anybody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="EngineException">InvalidReference, ManifestNotFound, InvalidManifest, InputTooLarge, or what
    /// keeps the registry from answering.</exception>
    public Task<ManifestDescriptor> HandleAsync(
        string reference, bool insecure, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        var name = ImageReference.Parse(reference);
        var repository = registries.Open(name, credential, RepositoryAccess.Pull, insecure: insecure);
        return new ManifestTree(repository, name, cancellationToken).ReadAsync();
    }
}
