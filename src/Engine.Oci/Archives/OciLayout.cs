using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>Reads the images of an OCI layout (image-spec, image-layout.md), through nested indexes.</summary>
/// <param name="files">The layout's files.</param>
/// <param name="limits">How much is believed.</param>
internal sealed class OciLayout(ArchiveFiles files, ArchiveLimits limits)
{
    private readonly List<(ArchiveImage Image, HashSet<LayoutName> Names)> _images = [];
    private readonly Dictionary<Digest, int> _known = [];
    private readonly Dictionary<Digest, ImageIndex> _indexes = [];
    private readonly HashSet<Digest> _missing = [];
    private readonly HashSet<Digest> _others = [];
    private int _visits;

    /// <summary>What indexes list and the layout does not have.</summary>
    public IReadOnlyList<Digest> Missing => [.. _missing];

    /// <summary>Reads what skopeo writes to <c>dir:</c>, where one manifest stands for the index.</summary>
    public static async ValueTask<ArchiveImage> ReadSingleAsync(
        ArchiveFiles files, byte[] manifest, CancellationToken cancellationToken)
    {
        Document<ImageManifest> document = ImageDocuments.ReadManifest(manifest);
        return await ManifestImage.ReadAsync(files, document, cancellationToken).ConfigureAwait(false)
            ?? throw ArchiveFault.Invalid("a blob that its manifest lists is not there");
    }

    public async ValueTask<List<ArchiveImage>> ReadAsync(byte[] index, CancellationToken cancellationToken)
    {
        foreach (Descriptor entry in ImageDocuments.ReadIndex(index).Value.Manifests)
        {
            await ReadEntryAsync(entry, LayoutName.Of(entry), null, 1, cancellationToken).ConfigureAwait(false);
        }

        return [.. _images.Select(image => image.Image with
        {
            References = [.. image.Names.Where(name => name.Reference is not null).Select(name => name.Reference!)],
            Tags = [.. image.Names.Where(name => name.Tag is not null).Select(name => name.Tag!)],
        })];
    }

    private async ValueTask ReadEntryAsync(
        Descriptor entry, LayoutName name, Digest? outermost, int depth, CancellationToken cancellationToken)
    {
        RequireBounds(depth);
        if (!_known.ContainsKey(entry.Digest) && !_indexes.ContainsKey(entry.Digest)
            && !_missing.Contains(entry.Digest) && !_others.Contains(entry.Digest))
        {
            await ReadDocumentAsync(entry, outermost, cancellationToken).ConfigureAwait(false);
        }

        if (_known.TryGetValue(entry.Digest, out int image))
        {
            _images[image].Names.Add(name);
        }
        else if (_indexes.TryGetValue(entry.Digest, out ImageIndex? index))
        {
            foreach (Descriptor inner in index.Manifests)
            {
                await ReadEntryAsync(inner, name, outermost ?? entry.Digest, depth + 1, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Each document is read once, however often it is listed.
    private async ValueTask ReadDocumentAsync(Descriptor entry, Digest? outermost, CancellationToken cancellationToken)
    {
        if (IsAttestation(entry))
        {
            _others.Add(entry.Digest);
            return;
        }

        if (files.FindBlob(entry.Digest, entry.Size) is not { } blob)
        {
            _missing.Add(entry.Digest);
            return;
        }

        byte[] raw = await files.ReadAsync(
            blob, ImageDocuments.MaxManifestSize, cancellationToken).ConfigureAwait(false);
        if (ImageDocuments.Detect(raw) == DocumentKind.Index)
        {
            _indexes.Add(entry.Digest, ImageDocuments.ReadIndex(raw).Value);
            return;
        }

        Document<ImageManifest> manifest = ImageDocuments.ReadManifest(raw);
        if (!IsImage(manifest.Value))
        {
            _others.Add(entry.Digest);
        }
        else if (await ManifestImage.ReadAsync(files, manifest, cancellationToken).ConfigureAwait(false) is { } image)
        {
            _known.Add(entry.Digest, _images.Count);
            _images.Add((image with { Index = outermost }, []));
        }
        else
        {
            _missing.Add(entry.Digest);
        }
    }

    // Indexes that list each other many times over would be walked for ever, though every one of them is small.
    private void RequireBounds(int depth)
    {
        if (depth > limits.MaxIndexDepth)
        {
            throw ArchiveFault.Invalid($"its indexes are nested more than {limits.MaxIndexDepth} deep");
        }

        if (++_visits > limits.MaxFiles)
        {
            throw ArchiveFault.TooLarge($"its indexes list more than {limits.MaxFiles} manifests");
        }
    }

    // BuildKit's attestations are manifests of an unknown platform; they are not for running.
    private static bool IsAttestation(Descriptor entry) =>
        entry.Annotation(MediaTypes.ReferenceTypeAnnotation) is not null
            || entry.Platform is { Os: "unknown", Architecture: "unknown" };

    // Signatures, charts and other artifacts lie in layouts too.
    private static bool IsImage(ImageManifest manifest) =>
        manifest.ArtifactType is null
            && (MediaTypes.IsConfig(manifest.Config.MediaType) || manifest.Config.MediaType.Length == 0);
}
