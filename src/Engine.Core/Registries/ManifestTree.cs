using Engine.Oci;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Core.Registries;

/// <summary>
/// A manifest, or an index and what it lists, down to the manifests. How deep and how much is bounded: whoever wrote
/// the index decides what is asked for.
/// </summary>
internal sealed class ManifestTree(
    RepositoryClient repository, ImageReference reference, CancellationToken cancellationToken)
{
    // Real indexes have one level, and a registry's own pages of indexes two.
    private const int MaxDepth = 4;

    // The platforms of the official images, and their attestations, are fewer than 40.
    private const int MaxDocuments = 500;

    // Four times the largest manifest that registries must accept; the answer is one message.
    private const int MaxBytes = 4 * ImageDocuments.MaxManifestSize;

    private readonly Dictionary<string, RegistryDocument> _fetched = new(StringComparer.Ordinal);
    private int _documents;
    private long _bytes;

    /// <summary>Reads it.</summary>
    public Task<ManifestDescriptor> ReadAsync() =>
        GetAsync(reference, reference.Digest?.ToString() ?? reference.Tag!, entry: null, depth: 0);

    private async Task<ManifestDescriptor> GetAsync(
        ImageReference name, string tagOrDigest, Descriptor? entry, int depth)
    {
        if (depth > MaxDepth || ++_documents > MaxDocuments)
        {
            throw TooLarge($"is nested deeper than {MaxDepth}, or has more than {MaxDocuments} manifests");
        }

        var document = await FetchAsync(tagOrDigest).ConfigureAwait(false);
        _bytes += document.Raw.Length;
        if (_bytes > MaxBytes)
        {
            throw TooLarge($"has manifests of more than {MaxBytes} bytes in all");
        }

        var described = new ManifestDescriptor
        {
            Reference = name.Familiar,
            MediaType = document.MediaType,
            Digest = document.Digest.ToString(),
            Size = document.Raw.Length,
            Raw = document.Raw,
            Platform = PlatformOf(entry),
        };
        if (ImageDocuments.Detect(document.Raw) == DocumentKind.Manifest)
        {
            var manifest = ImageDocuments.ReadManifest(document.Raw).Value;
            return described with
            {
                Contents = [.. manifest.Layers.Prepend(manifest.Config).Select(ContentOf)],
                Annotations = Annotations(manifest.Annotations, entry),
            };
        }

        var index = ImageDocuments.ReadIndex(document.Raw).Value;
        var manifests = new List<ManifestDescriptor>();
        foreach (var below in index.Manifests)
        {
            manifests.Add(await BelowAsync(below, depth + 1).ConfigureAwait(false));
        }

        return described with { Manifests = manifests, Annotations = Annotations(index.Annotations, entry) };
    }

    // The same manifest may be listed for several platforms.
    private async Task<RegistryDocument> FetchAsync(string tagOrDigest)
    {
        if (!_fetched.TryGetValue(tagOrDigest, out var document))
        {
            document = await repository.GetManifestAsync(tagOrDigest, cancellationToken).ConfigureAwait(false);
            _fetched[tagOrDigest] = document;
        }

        return document;
    }

    // What the registry does not have, and what is neither manifest nor index, is told as the index tells it: an index
    // may be copied without all that it lists.
    private async Task<ManifestDescriptor> BelowAsync(Descriptor entry, int depth)
    {
        var name = reference.WithDigest(entry.Digest);
        var alone = new ManifestDescriptor
        {
            Reference = name.Familiar,
            MediaType = entry.MediaType,
            Digest = entry.Digest.ToString(),
            Size = entry.Size,
            Platform = PlatformOf(entry),
            Annotations = Annotations(null, entry),
        };
        if (entry.MediaType is { Length: > 0 } type && !MediaTypes.IsManifest(type) && !MediaTypes.IsIndex(type))
        {
            return alone;
        }

        try
        {
            return await GetAsync(name, entry.Digest.ToString(), entry, depth).ConfigureAwait(false);
        }
        catch (EngineException e) when (e.Reason == EngineErrorReason.ManifestNotFound)
        {
            return alone;
        }
    }

    private static ManifestContent ContentOf(Descriptor content) =>
        new() { MediaType = content.MediaType, Digest = content.Digest.ToString(), Size = content.Size };

    private static ManifestPlatform? PlatformOf(Descriptor? entry) => entry?.Platform is not { } platform ? null : new()
    {
        Os = platform.Os,
        Architecture = platform.Architecture,
        Variant = platform.Variant ?? "",
        OsVersion = platform.OsVersion ?? "",
        OsFeatures = platform.OsFeatures ?? [],
    };

    // Its own, and what the index says of it, which wins: there an attestation says what it is about.
    private static Dictionary<string, string> Annotations(IReadOnlyDictionary<string, string>? own, Descriptor? entry)
    {
        var all = new Dictionary<string, string>(own ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (key, value) in entry?.Annotations ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        return all;
    }

    private EngineException TooLarge(string fault) => new(
        EngineErrorCode.LimitExceeded, EngineErrorReason.InputTooLarge,
        $"'{reference.Familiar}' {fault}. Ask for one of its manifests by digest.", reference.Familiar);
}
