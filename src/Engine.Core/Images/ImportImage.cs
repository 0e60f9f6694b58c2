using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Import;
using Engine.Core.Images.Records;
using Engine.Oci.Archives;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>
/// Makes images of an archive: a docker-save archive, an OCI layout in a tar, or the tar of a root file system. All of
/// what it holds is there at the end, or nothing is.
/// </summary>
public sealed partial class ImportImage
{
    private readonly ArchiveSpool _spool;
    private readonly RootFileSystemImport _rootFileSystem;
    private readonly ImageArchiveImport _imageArchive;
    private readonly ImageTable _table;
    private readonly ImageView _view;
    private readonly ContentHolds _holds;
    private readonly ContentCollector _collector;
    private readonly EventStream _events;
    private readonly ILogger<ImportImage> _logger;

    internal ImportImage(
        ArchiveSpool spool, RootFileSystemImport rootFileSystem, ImageArchiveImport imageArchive, ImageTable table,
        ImageView view, ContentHolds holds, ContentCollector collector, EventStream events, ILogger<ImportImage> logger)
    {
        _spool = spool;
        _rootFileSystem = rootFileSystem;
        _imageArchive = imageArchive;
        _table = table;
        _view = view;
        _holds = holds;
        _collector = collector;
        _events = events;
        _logger = logger;
    }

    /// <summary>Imports an archive.</summary>
    /// <param name="archive">The archive, compressed or not; read to its end, no faster than it is stored.</param>
    /// <param name="import">What to make of it.</param>
    /// <param name="progress">Told how far it is, a few times a second; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work; nothing of it stays.</param>
    /// <returns>The images that are now there, in the archive's order.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidArchive"/>, <see cref="EngineErrorReason.ArchiveEscapesRoot"/>,
    /// <see cref="EngineErrorReason.DigestMismatch"/>, <see cref="EngineErrorReason.InvalidManifest"/>,
    /// <see cref="EngineErrorReason.InputTooLarge"/>, <see cref="EngineErrorReason.InvalidReference"/>,
    /// <see cref="EngineErrorReason.InvalidChange"/>, <see cref="EngineErrorReason.PlatformNotFound"/>,
    /// <see cref="EngineErrorReason.DiskFull"/>.
    /// </exception>
    public async Task<IReadOnlyList<ContainerImage>> HandleAsync(
        Stream archive, ImageImport import, IProgress<ImageProgress>? progress, CancellationToken cancellationToken)
    {
        var request = ImportRequest.Of(import);
        try
        {
            using var hold = new ContentHold(_holds, _collector);
            var head = await ArchiveReader.PeekAsync(
                new CancellableStream(archive, cancellationToken), cancellationToken).ConfigureAwait(false);
            var imported = head.IsImage
                ? await _imageArchive.RunAsync(
                    head.Content, request, hold, progress, cancellationToken).ConfigureAwait(false)
                : await ImportRootFileSystemAsync(
                    head.Content, request, hold, progress, cancellationToken).ConfigureAwait(false);

            // From here on it is done: a caller who gives up now finds all of it.
            cancellationToken.ThrowIfCancellationRequested();
            _table.Add(imported.Images, imported.References, imported.Digests);
            Publish(head.IsImage ? "load" : "import", imported);
            return [.. imported.Images.Select(image => _table.Find(image.Id)).OfType<StoredImage>().Select(_view.Of)];
        }
        catch (Exception error) when (DiskFault.Of(error) is { } full)
        {
            throw full;
        }
    }

    private async Task<ImportedImages> ImportRootFileSystemAsync(
        Stream archive, ImportRequest request, ContentHold hold, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var spooled = await _spool.ReadAsync(archive, progress, cancellationToken).ConfigureAwait(false);
        var image = await _rootFileSystem.RunAsync(
            spooled, request, hold, progress, cancellationToken).ConfigureAwait(false);
        var imported = new ImportedImages();
        imported.Add(image);
        foreach (var reference in request.References)
        {
            imported.Name(reference, image);
        }

        return imported;
    }

    private void Publish(string action, ImportedImages imported)
    {
        foreach (var image in imported.Images)
        {
            var names = imported.References.Where(
                pair => pair.Value.Contains(image.Id)).Select(pair => pair.Key).ToList();
            var labels = image.Config.Value.Config?.Labels;
            Imported(_logger, image.Id, string.Join(", ", names));
            foreach (var name in names.DefaultIfEmpty(null))
            {
                _events.PublishImage(action, image.Id, name, labels);
            }
        }
    }
}
