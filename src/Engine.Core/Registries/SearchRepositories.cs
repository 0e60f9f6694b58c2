using Engine.Oci.Distribution;

namespace Engine.Core.Registries;

/// <summary>Searches a registry's index.</summary>
public sealed class SearchRepositories(RegistryClient registries)
{
    /// <summary>Searches.</summary>
    /// <param name="search">What for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="EngineException">The code NotSupported: the registry has no index; InvalidReference, or what
    /// keeps the registry from answering.</exception>
    public IAsyncEnumerable<FoundImage> HandleAsync(RepositorySearch search, CancellationToken cancellationToken) =>
        registries.SearchAsync(search, cancellationToken);
}
