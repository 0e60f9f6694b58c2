using Engine.Oci;
using Engine.Oci.Platforms;

namespace Engine.Core.Images;

/// <summary>The errors that several operations on images share.</summary>
internal static class ImageErrors
{
    public static EngineException NotFound(string reference) => new(
        EngineErrorCode.NotFound, EngineErrorReason.ImageNotFound,
        $"No such image: {reference}. Import it, or look at the list of images for its name.", reference);

    public static EngineException Ambiguous(string prefix) => new(
        EngineErrorCode.InvalidArgument, EngineErrorReason.AmbiguousImageId,
        $"Several images' ids begin with '{prefix}'. Give more of the id, or a reference.", prefix);

    public static EngineException NoSuchPlatform(string reference, Platform wanted, IEnumerable<Platform> there) => new(
        EngineErrorCode.NotFound, EngineErrorReason.PlatformNotFound,
        $"Image '{reference}' is not there for {wanted}, only for {string.Join(", ", there.Distinct())}. "
        + "Import it for that platform, or ask for one that is there.",
        reference);

    public static EngineException UsedByContainer(string image, ImageUser user) => new(
        EngineErrorCode.Conflict, EngineErrorReason.ImageInUse,
        user.Running
            ? $"Image '{image}' is used by the running container {Named(user)}. Stop and remove that container first."
            : $"Image '{image}' is used by the stopped container {Named(user)}. Remove that container first, or remove "
                + "the image by force.",
        image);

    public static EngineException BeingUsed(string image) => new(
        EngineErrorCode.Busy, EngineErrorReason.ImageInUse,
        $"Image '{image}' is being used to create or start a container. Try again when that is done.", image);

    public static EngineException SeveralReferences(string image, IReadOnlyList<string> references) => new(
        EngineErrorCode.Conflict, EngineErrorReason.ImageInUse,
        $"Image '{image}' has {references.Count} references ({string.Join(", ", references)}). Remove them one by one, "
        + "or the image by force.",
        image);

    public static EngineException ContentMissing(string image, Digest digest) => new(
        EngineErrorCode.Corrupt, EngineErrorReason.ContentMissing,
        $"The blob {digest} of image '{image}' is missing from the store, or damaged. Remove the image and bring it in "
        + "again.",
        digest.ToString());

    private static string Named(ImageUser user) =>
        $"'{user.ContainerName}' ({user.ContainerId[..Math.Min(12, user.ContainerId.Length)]})";
}
