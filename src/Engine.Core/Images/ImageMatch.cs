using System.Buffers;
using Engine.Core.Images.Records;
using Engine.Oci.References;

namespace Engine.Core.Images;

/// <summary>Which images a filter lets through.</summary>
internal static class ImageMatch
{
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>A test for a filter whose values are checked here, once.</summary>
    public static Func<StoredImage, bool> For(ImageFilter filter, ImageResolver resolver)
    {
        var references = filter.References.Select(Reference).ToList();
        var ids = filter.Ids.Select(IdPrefix).ToList();
        var before = Created(filter.Before, nameof(filter.Before), resolver);
        var since = Created(filter.Since, nameof(filter.Since), resolver);
        return image =>
            (references.Count == 0 || references.Any(matches => image.References.Concat(image.Digests).Any(matches)))
            && (ids.Count == 0 || ids.Any(id => image.Id.StartsWith(id, StringComparison.Ordinal)))
            && filter.Labels.All(
                label => LabelMatch.Matches(image.Config.Config?.Labels ?? new Dictionary<string, string>(), label))
            && (filter.Dangling is not { } dangling || dangling == (image.References.Count == 0))
            && (before is null || image.Config.Created < before)
            && (since is null || image.Config.Created > since);
    }

    // A reference without a tag means the repository: all of its tags and digests.
    private static Func<string, bool> Reference(string text)
    {
        ImageReference reference;
        try
        {
            reference = ImageReference.Parse(text, defaultTag: null);
        }
        catch (EngineException error)
        {
            throw Invalid($"The filter for references has '{text}': {error.Message}", text, error);
        }

        var whole = reference.ToString();
        return reference.IsNameOnly
            ? candidate => ImageReference.Parse(candidate).Repository == whole
            : candidate => candidate == whole;
    }

    private static string IdPrefix(string text)
    {
        const string Prefix = "sha256:";
        var hex = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        return hex.Length is > 0 and <= 64 && !hex.AsSpan().ContainsAnyExcept(s_hex)
            ? Prefix + hex
            : throw Invalid(
                $"The filter for ids has '{text}', which no id begins with: ids are 64 hexadecimal digits.", text);
    }

    private static DateTimeOffset? Created(string? text, string name, ImageResolver resolver)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return resolver.Resolve(text).Config.Created ?? DateTimeOffset.MinValue;
        }
        catch (EngineException error)
        {
            throw Invalid($"The filter '{name}' has '{text}': {error.Message}", text, error);
        }
    }

    private static EngineException Invalid(string message, string text, Exception? cause = null) =>
        new(EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidFilter, message, text, cause);
}
