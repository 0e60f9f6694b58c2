using Engine.Oci.Distribution;
using Engine.Oci.References;

namespace Engine.Core.Registries;

/// <summary>Lists the tags of a repository at its registry.</summary>
public sealed class ListRepositoryTags(RegistryClient registries)
{
    /// <summary>Lists them, in the registry's order.</summary>
    /// <param name="repository">A reference with neither tag nor digest.</param>
    /// <param name="credential">Who asks; null for anybody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="EngineException">InvalidReference, RepositoryNotFound, or what keeps the registry from
    /// answering.</exception>
    public IAsyncEnumerable<string> HandleAsync(
        string repository, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(repository, defaultTag: null);
        return reference.IsNameOnly
            ? registries.Open(reference, credential, RepositoryAccess.Pull).ListTagsAsync(cancellationToken)
            : throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference,
                $"'{reference.Familiar}' has a tag or a digest. Name the repository alone: "
                + $"{reference.FamiliarRepository}.",
                reference.Familiar);
    }
}
