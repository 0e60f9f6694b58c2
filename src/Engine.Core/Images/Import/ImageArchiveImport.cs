using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Linux.Mounts;
using Engine.Oci;
using Engine.Oci.Archives;
using Engine.Oci.Layers;
using Engine.Oci.Platforms;

namespace Engine.Core.Images.Import;

/// <summary>Takes the images out of a docker-save archive or an OCI layout.</summary>
internal sealed class ImageArchiveImport(BlobStore blobs, LayerStore layers)
{
    public async Task<ImportedImages> RunAsync(
        Stream archive, ImportRequest request, ContentHold hold, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (request.Changes.Count > 0)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidChange,
                "Changes apply to the tar of a root file system only; this archive holds images, which have "
                + "configurations of their own.",
                request.Changes[0]);
        }

        var spool = new BlobSpool(blobs, hold, new ItemProgress(progress, "archive", null));
        var contents = await ArchiveReader.ReadAsync(archive, spool, null, cancellationToken).ConfigureAwait(false);
        var chosen = Choose(contents.Images, request.Platform);
        RequireOneName(chosen, request);

        var imported = new ImportedImages();
        foreach (var image in chosen)
        {
            var added = await AddAsync(image, hold, progress, cancellationToken).ConfigureAwait(false);
            imported.Add(added);
            NameIt(imported, image, added, request);
        }

        return imported;
    }

    private async Task<NewImage> AddAsync(
        ArchiveImage image, ContentHold hold, IProgress<ImageProgress>? progress, CancellationToken cancellationToken)
    {
        if (image.Layers.Count is 0 or > OverlayMount.MaxLower)
        {
            throw new EngineException(
                EngineErrorCode.NotSupported, EngineErrorReason.InvalidManifest,
                $"The image {image.Config.Digest.ShortHex} has {image.Layers.Count} layers; the engine runs images of "
                + $"1 to {OverlayMount.MaxLower}.",
                image.Config.Digest.ToString());
        }

        var chain = ChainId.Compute([.. image.Layers.Select(layer => layer.DiffId)]);
        LayerSource[] sources =
        [
            .. image.Layers.Select((layer, index) =>
                new LayerSource(layer.File.Digest, layer.File.Size, layer.DiffId, chain[index])),
        ];
        await layers.EnsureAsync(sources, hold, progress, cancellationToken).ConfigureAwait(false);
        if (image.IsManifestMade)
        {
            blobs.Put(image.Manifest.Raw, hold);
        }

        HashSet<Digest> needed = [image.Config.Digest, image.Manifest.Digest, .. sources.Select(source => source.Blob)];
        if (image.Index is { } index && blobs.Contains(index))
        {
            needed.Add(index);
        }

        return new NewImage(image.Config, image.Manifest.Digest, needed, chain);
    }

    /// <summary>The images to take: for the platform that was asked for, else all that this system could run.</summary>
    private static List<ArchiveImage> Choose(IReadOnlyList<ArchiveImage> images, Platform? wanted)
    {
        // As Docker's load: exactly the platform that was asked for, and none that only this processor runs too.
        var chosen = images.Where(image => wanted is null
            ? image.Platform.Os == Platform.Host.Os || image.Platform.Os.Length == 0
            : PlatformRanking.Rank(wanted, image.Platform, strict: true) is not null).ToList();
        return chosen.Count > 0
            ? chosen
            : throw ImageErrors.NoSuchPlatform(
                "archive", wanted ?? Platform.Host, images.Select(image => image.Platform));
    }

    private static void RequireOneName(List<ArchiveImage> images, ImportRequest request)
    {
        var several = images.GroupBy(image => image.Platform)
            .FirstOrDefault(group => group.Select(image => image.Config.Digest).Distinct().Count() > 1);
        if (several is not null && request.References.Count > 0)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidReference,
                $"The archive holds several images for {several.Key}, so that '{request.References[0]}' cannot name "
                + "them all. Import it without a reference, then tag each image.",
                request.References[0]);
        }
    }

    private static void NameIt(ImportedImages imported, ArchiveImage image, NewImage added, ImportRequest request)
    {
        foreach (var reference in image.References)
        {
            if (reference.Digest is null)
            {
                imported.Name(reference.ToString(), added);
            }
            else if (reference.Digest == image.Manifest.Digest || reference.Digest == image.Index)
            {
                // A digest that is somebody's claim and not the content's is no name.
                imported.NameByDigest(reference.WithDigest(reference.Digest).ToString(), added);
            }
        }

        foreach (var reference in request.References)
        {
            imported.Name(reference, added);
        }
    }
}
