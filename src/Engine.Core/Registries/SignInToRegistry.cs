using Engine.Oci.Distribution;
using Engine.Oci.References;

namespace Engine.Core.Registries;

/// <summary>Checks a credential against a registry. Nothing of it stays here.</summary>
public sealed class SignInToRegistry(RegistryClient registries)
{
    /// <summary>Checks it.</summary>
    /// <param name="registry"><c>host[:port]</c>; empty for docker.io.</param>
    /// <param name="credential">What is checked; null to see whether the registry lets anybody in.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="EngineException">RegistryUnauthorized, InvalidReference, or what keeps the registry from
    /// answering.</exception>
    public async Task<RegistrySignIn> HandleAsync(
        string registry, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        var token = await registries.SignInAsync(registry, credential ?? new(), cancellationToken)
            .ConfigureAwait(false);
        var isHub = registry is "" or "index.docker.io" or "registry-1.docker.io";
        return new RegistrySignIn
        {
            Registry = isHub ? ImageReference.DefaultDomain : registry,
            IdentityToken = token ?? "",
        };
    }
}
