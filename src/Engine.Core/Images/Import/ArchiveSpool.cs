using Engine.Core.Images.Content;

namespace Engine.Core.Images.Import;

/// <summary>
/// Keeps an incoming archive in ingest/ until it is known what it is: entries come in any order, and what tells an image
/// from a root file system may be the last of them.
/// </summary>
internal sealed class ArchiveSpool(BlobStore blobs)
{
    private const int BufferSize = 1 << 20;

    /// <param name="archive">Read to its end, no faster than it is written.</param>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <param name="cancellationToken">Ends the reading; nothing stays.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.DiskFull"/>; <see cref="EngineErrorReason.InvalidArchive"/>: it is empty.</exception>
    public async Task<IngestFile> ReadAsync(Stream archive, IProgress<ImageProgress>? progress, CancellationToken cancellationToken)
    {
        var file = blobs.NewFile();
        try
        {
            var reading = new ImportProgress(progress, "archive", "Reading", null);
            var buffer = new byte[BufferSize];
            while (await archive.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                file.Append(buffer.AsSpan(0, read));
                reading.Report(file.Length);
            }

            return file.Length > 0
                ? file
                : throw new EngineException(
                    EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidArchive,
                    "The archive is empty. Give the tar of a root file system, a docker-save archive or an OCI layout.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
