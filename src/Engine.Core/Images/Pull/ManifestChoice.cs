using Engine.Oci;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Oci.Platforms;
using Engine.Oci.References;

namespace Engine.Core.Images.Pull;

/// <summary>
/// Follows a reference to the manifest of the platform that is wanted, through an index and those that it lists
/// (image-formats, section 9). What is no image for a platform, such as an attestation, is not looked at.
/// </summary>
internal sealed class ManifestChoice(
    RepositoryClient repository, ImageReference reference, Platform wanted, CancellationToken cancellationToken)
{
    // Real indexes have one level, and a registry's own pages of indexes two.
    private const int MaxDepth = 4;

    // An index of indexes for each platform has a few; more is an attempt to keep the engine busy.
    private const int MaxIndexes = 32;

    private readonly HashSet<Digest> _seen = [];
    private readonly List<Platform> _there = [];
    private Candidate? _best;

    /// <summary>A manifest that an index lists.</summary>
    private sealed record Candidate(Descriptor Manifest, int Rank, IReadOnlyList<ReadOnlyMemory<byte>> Path);

    /// <summary>Finds the manifest.</summary>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.InvalidManifest"/>, or what the
    /// registry says.
    /// </exception>
    public async Task<RemoteImage> FindAsync()
    {
        var raw = await GetAsync(reference.Digest, reference.Tag).ConfigureAwait(false);
        var served = reference.Digest ?? Digest.Compute(raw.Span);
        if (ImageDocuments.Detect(raw) == DocumentKind.Manifest)
        {
            return new RemoteImage(ImageDocuments.ReadManifest(raw), served, [raw], IsChosen: false);
        }

        _seen.Add(served);
        await LookAsync(raw, [raw], 1).ConfigureAwait(false);
        if (_best is null)
        {
            throw NoMatch();
        }

        var chosen = await GetAsync(_best.Manifest.Digest, null).ConfigureAwait(false);
        return new RemoteImage(ImageDocuments.ReadManifest(chosen), served, [.. _best.Path, chosen], IsChosen: true);
    }

    private async Task LookAsync(ReadOnlyMemory<byte> raw, IReadOnlyList<ReadOnlyMemory<byte>> path, int depth)
    {
        var entries = ImageDocuments.ReadIndex(raw).Value.Manifests;
        foreach (var entry in entries.Where(IsImage))
        {
            var platform = entry.Platform!;
            _there.Add(platform.Normalized);
            if (PlatformRanking.Rank(wanted, platform) is { } rank && (_best is null || rank < _best.Rank))
            {
                _best = new Candidate(entry, rank, path);
            }
        }

        // A nested index is only asked for when what is known already can be bettered.
        foreach (var entry in entries.Where(entry => MediaTypes.IsIndex(entry.MediaType) && MayHold(entry)))
        {
            if (_best?.Rank == 0 || !_seen.Add(entry.Digest))
            {
                continue;
            }

            if (depth == MaxDepth || _seen.Count > MaxIndexes)
            {
                throw Invalid($"its indexes are nested more than {MaxDepth} deep, or are more than {MaxIndexes}");
            }

            var nested = await GetAsync(entry.Digest, null).ConfigureAwait(false);
            await LookAsync(nested, [.. path, nested], depth + 1).ConfigureAwait(false);
        }
    }

    // BuildKit's attestations claim the platform unknown/unknown; artifacts have none at all.
    private static bool IsImage(Descriptor entry) =>
        (MediaTypes.IsManifest(entry.MediaType) || entry.MediaType.Length == 0)
        && entry.Platform is { Os: not "unknown" and not "" }
        && entry.Annotation(MediaTypes.ReferenceTypeAnnotation) is null;

    private bool MayHold(Descriptor index) =>
        index.Platform is null || PlatformRanking.Rank(wanted, index.Platform) is not null;

    private async Task<ReadOnlyMemory<byte>> GetAsync(Digest? digest, string? tag)
    {
        var document = await repository.GetManifestAsync(digest?.ToString() ?? tag!, cancellationToken)
            .ConfigureAwait(false);
        digest?.Require(Digest.Compute(document.Raw.Span, digest.Algorithm), "manifest");
        return document.Raw;
    }

    private EngineException NoMatch() => new(
        EngineErrorCode.NotFound, EngineErrorReason.PlatformNotFound,
        $"'{reference.Familiar}' has no matching manifest for {wanted}"
        + (_there.Count == 0 ? ", nor for any other platform." : $"; it is there for {List()}.")
        + " Ask for a platform that is there.",
        reference.Familiar);

    private string List()
    {
        const int Most = 20;
        var names = _there.Select(platform => Shown.Text(platform.ToString())).Distinct(StringComparer.Ordinal).ToList();
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? $" and {names.Count - Most} more" : "");
    }

    private EngineException Invalid(string fault) => new(
        EngineErrorCode.Corrupt, EngineErrorReason.InvalidManifest,
        $"The index of '{reference.Familiar}' is not valid: {fault}.", reference.Familiar);
}
