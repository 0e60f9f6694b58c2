using System.Buffers;
using Engine.Core.Images.Records;
using Engine.Oci.Platforms;
using Engine.Oci.References;

namespace Engine.Core.Images;

/// <summary>
/// Finds the image that a person means: an id, a reference by tag or digest, or a prefix of an id that only one image
/// has, tried in this order as Docker does.
/// </summary>
internal sealed class ImageResolver(ImageTable images)
{
    private const string IdPrefix = "sha256:";
    private const int WholeIdLength = 71;

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The one image that is meant.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="platform">
    /// The platform that was asked for, of which compatible ones will do; null takes what suits this host best, and the
    /// only one there is even if it does not suit.
    /// </param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ImageNotFound"/>, <see cref="EngineErrorReason.AmbiguousImageId"/>,
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.InvalidReference"/>.
    /// </exception>
    public StoredImage Resolve(string text, string? platform = null) => Choose(text, ResolveAll(text).Images, platform);

    /// <summary>The image that suits a platform best; see <see cref="Resolve"/>.</summary>
    public static StoredImage Choose(string text, IReadOnlyList<StoredImage> images, string? platform)
    {
        var wanted = platform is null ? null : Platform.Parse(platform);
        if (PlatformRanking.TryChoose(wanted ?? Platform.Host, images, image => image.Config.Platform, out var best))
        {
            return best!;
        }

        return wanted is null
            ? images[0]
            : throw ImageErrors.NoSuchPlatform(text, wanted, images.Select(image => image.Config.Platform));
    }


    /// <summary>Every image that is meant: one, or one for each platform of a reference.</summary>
    /// <returns>The images, at least one, and the reference by tag that was given, in its normal form; null for an id
    /// or a digest.</returns>
    public (IReadOnlyList<StoredImage> Images, string? Reference) ResolveAll(string text)
    {
        var prefix = Prefix(text);
        if (prefix?.Length == WholeIdLength && images.Find(prefix) is { Removed: false } exact)
        {
            return ([exact], null);
        }

        if (ImageReference.TryParse(text, out var reference))
        {
            // Beside a digest a tag is only a remark (image-formats, section 4).
            var name = reference.Digest is { } digest ? reference.WithDigest(digest).ToString() : reference.ToString();
            var named = reference.Digest is null ? images.FindByReference(name) : images.FindByDigest(name);
            if (named.Count > 0)
            {
                return (named, reference.Digest is null ? name : null);
            }
        }

        if (prefix is null)
        {
            // A text that is no reference either says why; one that only names nothing says that.
            _ = ImageReference.Parse(text);
            throw ImageErrors.NotFound(text);
        }

        return images.IdsWithPrefix(prefix) switch
        {
            [var one] when images.Find(one) is { } image => ([image], null),
            { Count: > 1 } => throw ImageErrors.Ambiguous(text),
            _ => throw ImageErrors.NotFound(text),
        };
    }

    /// <summary>The text as the beginning of an id, or null when no id begins so.</summary>
    private static string? Prefix(string text)
    {
        var hex = text.StartsWith(IdPrefix, StringComparison.Ordinal) ? text.AsSpan(IdPrefix.Length) : text;
        return hex.Length is > 0 and <= 64 && !hex.ContainsAnyExcept(s_hex) ? string.Concat(IdPrefix, hex) : null;
    }
}
