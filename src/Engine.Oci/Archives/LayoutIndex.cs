using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>Makes the index.json of a layout: for each name the descriptor of its manifest, or of its index.</summary>
internal sealed class LayoutIndex
{
    private readonly HashSet<string> _ambiguousTags;

    public LayoutIndex(IReadOnlyList<SavedName> names) => _ambiguousTags =
    [
        .. names.GroupBy(name => name.Reference?.Tag)
            .Where(group => group.Key is not null && group.Select(name => name.Reference!.Repository).Distinct().Count() > 1)
            .Select(group => group.Key!),
    ];

    /// <summary>The index that one name of several platforms leads to, if it has none of its own.</summary>
    public static Document<ImageIndex> Of(SavedName name) => ImageDocuments.Write(new ImageIndex
    {
        SchemaVersion = 2,
        MediaType = MediaTypes.OciIndex,
        Manifests = [.. name.Images.Select(Describe)],
    });

    /// <summary>The entry of a name.</summary>
    public Descriptor Entry(SavedName name, Document<ImageIndex>? index) =>
        (index is null ? Describe(name.Images[0]) : index.Describe(index.Value.MediaType ?? MediaTypes.OciIndex)) with
        {
            Annotations = Annotations(name),
        };

    private static Descriptor Describe(SavedImage image) =>
        image.Manifest.Describe(image.Manifest.Value.MediaType ?? MediaTypes.OciManifest) with
        {
            Platform = image.Config.Value.Platform,
        };

    private SortedDictionary<string, string>? Annotations(SavedName name) => name.Reference is not { } reference
        ? null
        : new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [MediaTypes.ContainerdNameAnnotation] = reference.ToString(),

            // The tag, by which umoci and skopeo find it; where that is another image's tag too, the whole reference.
            [MediaTypes.RefNameAnnotation] = _ambiguousTags.Contains(reference.Tag!) ? reference.ToString() : reference.Tag!,
        };
}
