using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>Tells which containers were made of given images.</summary>
internal static class ImageMatch
{
    /// <summary>A test for containers of any of these images; null when none is given, which lets all through.</summary>
    public static Func<ContainerRecord, bool>? For(IReadOnlyList<string> images) =>
        images.Count == 0 ? null : record => images.Any(image => IsOf(record, image));

    private static bool IsOf(ContainerRecord record, string image) =>
        string.Equals(record.Image, image, StringComparison.Ordinal)
        || (image.Length > 0 && (record.ImageId.StartsWith(image, StringComparison.Ordinal)
            || record.ImageId.StartsWith("sha256:" + image, StringComparison.Ordinal)));
}
