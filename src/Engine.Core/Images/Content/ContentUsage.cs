using Engine.Core.Images.Records;
using Engine.Oci;

namespace Engine.Core.Images.Content;

/// <summary>Tells what removing images would free, without removing them.</summary>
internal sealed class ContentUsage(ImageTable images, LayerTable layers, BlobStore blobs, ContentHolds holds)
{
    /// <summary>
    /// The bytes that removing these images, one after the other, frees with each: a layer or a blob that several of
    /// them have counts for the last.
    /// </summary>
    public Dictionary<string, long> BytesFreedBy(IReadOnlyList<string> imageIds)
    {
        var contents = images.AllContent().ToLookup(row => row.ImageId, row => (row.Kind, row.Id));
        var users = contents.SelectMany(image => image).GroupBy(content => content)
            .ToDictionary(content => content.Key, content => content.Count());
        var sizes = layers.Sizes();
        return imageIds.Distinct(StringComparer.Ordinal).ToDictionary(id => id, id => contents[id].Sum(content =>
            --users[content] > 0 || holds.IsHeld(content.Kind, content.Id) ? 0
            : content.Kind == ContentKind.Layer ? sizes.GetValueOrDefault(content.Id)
            : blobs.SizeOf(Digest.Parse(content.Id)) ?? 0));
    }
}
