using Engine.Oci.Distribution;
using Engine.Oci.References;

namespace Engine.Core.Images.Pull;

/// <summary>A repository at its registry, as one operation asks it.</summary>
internal sealed class RemoteRepository(
    RegistryClient registry, ImageReference reference, RegistryCredential? credential, RegistryWarnings observer)
{
    /// <summary>The operation's own observer.</summary>
    public RegistryWarnings Observer => observer;

    /// <summary>Opens it for reading.</summary>
    /// <param name="observes">Told what happens; null for the operation's own.</param>
    public RepositoryClient Open(IRegistryObserver? observes = null) =>
        registry.Open(reference, credential, RepositoryAccess.Pull, observes ?? observer);

    /// <summary>Whether the other is the same repository, whoever asks.</summary>
    public bool IsSame(RemoteRepository other) => other.Name == Name;

    private string Name => reference.Repository;
}
