using Engine.Core.Images.Records;
using Engine.Oci.Platforms;

namespace Engine.Core.Images.Import;

/// <summary>What an import found, ready to be recorded: images, and what names them.</summary>
internal sealed class ImportedImages
{
    private readonly Dictionary<string, List<NewImage>> _references = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<NewImage>> _digests = new(StringComparer.Ordinal);
    private readonly List<NewImage> _images = [];

    public IReadOnlyList<NewImage> Images => _images;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> References => Ids(_references);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Digests => Ids(_digests);

    public void Add(NewImage image)
    {
        if (_images.All(other => other.Id != image.Id))
        {
            _images.Add(image);
        }
    }

    /// <summary>
    /// Names an image. A reference names one image for each platform: of two for the same one the last counts.
    /// </summary>
    public void Name(string reference, NewImage image) => Name(_references, reference, image);

    /// <summary>Names an image by the digest of its manifest, or of the index that it came in.</summary>
    public void NameByDigest(string reference, NewImage image) => Name(_digests, reference, image);

    private static void Name(Dictionary<string, List<NewImage>> names, string reference, NewImage image)
    {
        if (!names.TryGetValue(reference, out var named))
        {
            names[reference] = named = [];
        }

        named.RemoveAll(other => PlatformOf(other) == PlatformOf(image));
        named.Add(image);
    }

    private static Platform PlatformOf(NewImage image) => image.Config.Value.Platform.Normalized;

    private static Dictionary<string, IReadOnlyList<string>> Ids(Dictionary<string, List<NewImage>> names) =>
        names.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<string>)[.. pair.Value.Select(image => image.Id)],
            StringComparer.Ordinal);
}
