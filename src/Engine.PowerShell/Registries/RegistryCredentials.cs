using Engine.Client;

namespace Engine.Commands;

/// <summary>The credentials of this machine's user, as the cmdlets send them along with what needs one.</summary>
internal static class RegistryCredentials
{
    /// <summary>The credential for the registry of an image's reference, or null.</summary>
    /// <exception cref="EngineException">CredentialStoreFailed.</exception>
    public static Task<RegistryCredential?> ForAsync(string reference, CancellationToken cancellationToken) =>
        CredentialStore.Current.FindAsync(RegistryHost.OfReference(reference), cancellationToken);
}
