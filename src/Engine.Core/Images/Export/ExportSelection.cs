using Engine.Core.Images.Records;
using Engine.Oci.Platforms;
using Engine.Oci.References;

namespace Engine.Core.Images.Export;

/// <summary>
/// Finds what an export is asked for: references, ids, and repositories, which mean all their tags (image-formats,
/// section 8, "save").
/// </summary>
internal sealed class ExportSelection(ImageTable images, ImageResolver resolver)
{
    /// <summary>Finds it. Each reference, and each image without one, is there once, however often it was named.</summary>
    public IReadOnlyList<ExportedName> Find(ImageExport export)
    {
        if (export.Images.Count == 0)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference,
                "Nothing was named to export. Give a reference, an id, or a repository.");
        }

        var platform = export.Platform is null ? null : Platform.Parse(export.Platform);
        var names = export.Images.SelectMany(Find)
            .Select(name => name with { Images = Choose(name, platform) })
            .DistinctBy(name => name.Reference ?? name.Images[0].Id)
            .ToList();
        var named = names.Where(name => name.Reference is not null).SelectMany(name => name.Images)
            .Select(image => image.Id).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => name.Reference is not null || !named.Contains(name.Images[0].Id))];
    }

    private IEnumerable<ExportedName> Find(string text)
    {
        // Text that has neither tag nor digest is a repository first, then an image's id: as docker save has it.
        if (ImageReference.TryParse(text, out _) && ImageReference.Parse(text, defaultTag: null) is { IsNameOnly: true } name
            && images.ReferencesOf(name.Repository) is { Count: > 0 } references)
        {
            return references.Select(reference => new ExportedName(reference, images.FindByReference(reference)));
        }

        var (found, tag) = resolver.ResolveAll(text);
        return [new ExportedName(tag, found)];
    }

    private static List<StoredImage> Choose(ExportedName name, Platform? wanted)
    {
        // As docker save: exactly the platform that was asked for, and none that only this processor runs too.
        var chosen = name.Images.Where(image =>
            wanted is null || PlatformRanking.Rank(wanted, image.Config.Platform, strict: true) is not null).ToList();
        if (chosen.Count == 0)
        {
            throw ImageErrors.NoSuchPlatform(
                name.Reference is null ? name.Images[0].Id : ImageView.Familiar(name.Reference), wanted!,
                name.Images.Select(image => image.Config.Platform));
        }

        return PlatformRanking.TryChoose(Platform.Host, chosen, image => image.Config.Platform, out var best)
            ? [best!, .. chosen.Where(image => image.Id != best!.Id)]
            : chosen;
    }
}
