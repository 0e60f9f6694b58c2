using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>What an archive of images consists of, in the order in which it is written: lists first, blobs after.</summary>
internal static class ArchivePlan
{
    private static ReadOnlyMemory<byte> LayoutHeader => "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray();

    public static IReadOnlyList<ArchivePart> Of(IReadOnlyList<SavedName> names, ImageArchiveFormat format)
    {
        if (format == ImageArchiveFormat.Oci)
        {
            names = [.. names.Select(InOciForm)];
        }

        var blobs = new Dictionary<Digest, ArchivePart>();
        ArchivePart index = ArchivePart.Document(ArchiveNames.Index, Index(names, blobs).Raw);
        var parts = new List<ArchivePart> { ArchivePart.Document(ArchiveNames.Layout, LayoutHeader), index };
        if (format == ImageArchiveFormat.Docker)
        {
            parts.Add(ArchivePart.Document(ArchiveNames.Manifest, DockerLists.Manifest(names)));
            if (DockerLists.Repositories(names) is { } repositories)
            {
                parts.Add(ArchivePart.Document(ArchiveNames.Repositories, repositories));
            }
        }

        parts.Add(ArchivePart.Directory("blobs/"));
        parts.AddRange(blobs.Keys.Select(digest => ArchivePart.NameOf(digest)).Select(Parent).Distinct().Select(ArchivePart.Directory));
        parts.AddRange(blobs.Values);
        return parts;
    }

    private static Document<ImageIndex> Index(IReadOnlyList<SavedName> names, Dictionary<Digest, ArchivePart> blobs)
    {
        var layout = new LayoutIndex(names);
        var entries = new List<Descriptor>();
        foreach (SavedName name in names)
        {
            Document<ImageIndex>? index = name.Images.Count == 1 ? null : name.Index ?? LayoutIndex.Of(name);
            if (index is not null)
            {
                blobs.TryAdd(index.Digest, ArchivePart.OfBlob(index.Digest, index.Raw));
            }

            foreach (SavedImage image in name.Images)
            {
                Add(image, blobs);
            }

            entries.Add(layout.Entry(name, index));
        }

        return ImageDocuments.Write(
            new ImageIndex { SchemaVersion = 2, MediaType = MediaTypes.OciIndex, Manifests = entries });
    }

    private static void Add(SavedImage image, Dictionary<Digest, ArchivePart> blobs)
    {
        blobs.TryAdd(image.Manifest.Digest, ArchivePart.OfBlob(image.Manifest.Digest, image.Manifest.Raw));
        blobs.TryAdd(image.Config.Digest, ArchivePart.OfBlob(image.Config.Digest, image.Config.Raw));
        foreach (Descriptor layer in image.Manifest.Value.Layers)
        {
            blobs.TryAdd(layer.Digest, ArchivePart.OfBlob(layer.Digest, layer.Size));
        }
    }

    // An index that lists manifests in Docker's form is not one of theirs any more.
    private static SavedName InOciForm(SavedName name)
    {
        SavedImage[] images = [.. name.Images.Select(image => image with { Manifest = OciForm.Of(image.Manifest) })];
        bool same = images.Zip(name.Images).All(pair => pair.First.Manifest == pair.Second.Manifest);
        return name with
        {
            Images = images,
            Index = same && name.Index?.Value.MediaType != MediaTypes.DockerManifestList ? name.Index : null,
        };
    }

    private static string Parent(string name) => name[..(name.LastIndexOf('/') + 1)];
}
