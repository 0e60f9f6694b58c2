using Engine.Core.Images.Content;

namespace Engine.Core.Images.Import;

/// <summary>
/// Keeps the tar of a root file system in ingest/ while it comes: only when all of it is there and unpacked is it known
/// to be a layer, and becomes a blob as it is.
/// </summary>
internal sealed class ArchiveSpool(BlobStore blobs)
{
    /// <param name="archive">Read to its end, no faster than it is written.</param>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <param name="cancellationToken">Ends the reading; nothing stays.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.DiskFull"/>;
    /// <see cref="EngineErrorReason.InvalidArchive"/>: it is empty.</exception>
    public async Task<IngestFile> ReadAsync(
        Stream archive, IProgress<ImageProgress>? progress, CancellationToken cancellationToken)
    {
        var file = blobs.NewFile();
        try
        {
            var reading = new ItemProgress(progress, "archive", null);
            await file.AppendAsync(
                archive, bytes => reading.Report("Reading", bytes), cancellationToken).ConfigureAwait(false);
            return file.Length > 0
                ? file
                : throw new EngineException(
                    EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidArchive,
                    "The archive is empty. Give the tar of a root file system, a docker-save archive or an OCI "
                    + "layout.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
