using Engine.Oci;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Core.Registries;

/// <summary>
/// Makes an index of manifests that a registry has already, and pushes it: one name for an image of several platforms.
/// </summary>
public sealed class PushManifestList(RegistryClient registries)
{
    // As many platforms as there are, several times over; an index of them is far below what registries accept.
    private const int MaxEntries = 500;

    /// <summary>Makes and pushes it.</summary>
    /// <param name="list">What it is called, and what is in it.</param>
    /// <param name="insecure">Plain HTTP or an unknown certificate will do.</param>
    /// <param name="credential">Who pushes; null for anybody.</param>
    /// <param name="cancellationToken">Ends the call; manifests that were copied stay.</param>
    /// <returns>The digest and the bytes of the index itself.</returns>
    /// <exception cref="EngineException">InvalidReference, InvalidManifest, ManifestNotFound, or what keeps the
    /// registry from taking it.</exception>
    public async Task<PushResult> HandleAsync(
        ManifestList list, bool insecure, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(list);
        var target = ImageReference.Parse(list.Reference);
        if (target.Digest is not null)
        {
            throw Invalid(target, "a list cannot be pushed by digest: its digest follows from what is in it");
        }

        if (list.Entries.Count is 0 or > MaxEntries)
        {
            throw Invalid(target, $"a list has 1 to {MaxEntries} entries, and this one has {list.Entries.Count}");
        }

        var repository = registries.Open(target, credential, RepositoryAccess.Push, insecure: insecure);
        var descriptors = new List<Descriptor>();
        foreach (var entry in list.Entries)
        {
            var source = ImageReference.Parse(entry.Reference);
            if (source.Domain != target.Domain)
            {
                throw Invalid(
                    target, $"'{source.Familiar}' is at another registry. Push that image to {target.Domain} first");
            }

            var from = source.Path == target.Path
                ? repository
                : registries.Open(source, credential, RepositoryAccess.Pull, insecure: insecure);
            var copy = new ManifestCopy(repository, target, from, source);
            descriptors.AddRange(
                await new ManifestListSource(from, source, entry.Platform).ReadAsync(copy, cancellationToken)
                    .ConfigureAwait(false));
        }

        var mediaType = list.DockerFormat ? MediaTypes.DockerManifestList : MediaTypes.OciIndex;
        var index = ImageDocuments.Write(
            new ImageIndex { SchemaVersion = 2, MediaType = mediaType, Manifests = [.. Distinct(descriptors)] });
        var digest = await repository.PutManifestAsync(target.Tag!, mediaType, index.Raw, cancellationToken)
            .ConfigureAwait(false);
        return new PushResult { Reference = target.Familiar, Digest = digest.ToString(), Size = index.Raw.Length };
    }

    // The same manifest for two platforms is in it twice, the same for one only once.
    private static IEnumerable<Descriptor> Distinct(IEnumerable<Descriptor> descriptors) =>
        descriptors.DistinctBy(d => (d.Digest, d.Platform));

    private static EngineException Invalid(ImageReference target, string fault) => new(
        EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference,
        $"The list '{target.Familiar}' cannot be pushed: {fault}.", target.Familiar);
}
