using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Export;
using Engine.Oci;
using Engine.Oci.Archives;
using Engine.Oci.References;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>Writes images to an archive, in the form of docker save or as an OCI layout.</summary>
public sealed partial class ExportImages
{
    private readonly ExportSelection _selection;
    private readonly StoredDocuments _documents;
    private readonly BlobStore _blobs;
    private readonly ContentHolds _holds;
    private readonly ContentCollector _collector;
    private readonly EventStream _events;
    private readonly ILogger<ExportImages> _logger;

    internal ExportImages(
        ExportSelection selection, StoredDocuments documents, BlobStore blobs, ContentHolds holds,
        ContentCollector collector, EventStream events, ILogger<ExportImages> logger)
    {
        _selection = selection;
        _documents = documents;
        _blobs = blobs;
        _holds = holds;
        _collector = collector;
        _events = events;
        _logger = logger;
    }

    /// <summary>
    /// Exports images. What is exported stays readable until the end, also when the images are removed meanwhile;
    /// whether all of it is there is known before the first byte.
    /// </summary>
    /// <param name="export">What to write.</param>
    /// <param name="destination">Where to; written no faster than it takes, and left open.</param>
    /// <param name="progress">Told how far each blob is; null for nobody.</param>
    /// <param name="cancellationToken">Ends the writing; what was written is then no archive.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ImageNotFound"/>, <see cref="EngineErrorReason.AmbiguousImageId"/>,
    /// <see cref="EngineErrorReason.InvalidReference"/>, <see cref="EngineErrorReason.InvalidPlatform"/>,
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.ContentMissing"/>.
    /// </exception>
    public async Task HandleAsync(
        ImageExport export, Stream destination, IProgress<ImageProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(export);
        using var hold = new ContentHold(_holds, _collector);
        IReadOnlyList<ExportedName> selected;
        IReadOnlyList<SavedName> names;
        lock (_holds.Gate)
        {
            // Under the gate: what is found cannot be collected before it is held.
            selected = _selection.Find(export);
            names = [.. selected.Select(Read)];
            Hold(names, hold);
        }

        await ArchiveWriter.WriteAsync(
            destination, names, export.Format, export.Compression, _blobs.OpenRead, Reporter(progress), cancellationToken)
            .ConfigureAwait(false);
        foreach (var image in selected.SelectMany(name => name.Images).DistinctBy(image => image.Id))
        {
            Exported(_logger, image.Id);
            _events.PublishImage("save", image, null);
        }
    }

    private SavedName Read(ExportedName name) => new(
        name.Reference is null ? null : ImageReference.Parse(name.Reference),
        [.. name.Images.Select(image => new SavedImage(_documents.ManifestOf(image), _documents.ConfigOf(image)))],
        name.Images.Count > 1 ? _documents.IndexOf(name.Images) : null);

    private void Hold(IReadOnlyList<SavedName> names, ContentHold hold)
    {
        foreach (var (digest, size) in ArchiveWriter.BlobsOf(names))
        {
            if (_blobs.SizeOf(digest) != size)
            {
                var image = names.SelectMany(name => name.Images)
                    .First(image => image.Manifest.Value.Layers.Any(layer => layer.Digest == digest));
                throw ImageErrors.ContentMissing(image.Config.Digest.ToString(), digest);
            }

            hold.AddBlob(digest);
        }
    }

    private static Action<Digest, long, long>? Reporter(IProgress<ImageProgress>? progress)
    {
        if (progress is null)
        {
            return null;
        }

        Digest? current = null;
        ItemProgress? reporting = null;
        return (digest, written, size) =>
        {
            if (digest != current)
            {
                (current, reporting) = (digest, new ItemProgress(progress, digest.ShortHex, size));
            }

            reporting!.Report("Writing", written);
        };
    }

    [LoggerMessage(360, LogLevel.Information, "Exported image {Id}")]
    private static partial void Exported(ILogger logger, string id);
}
