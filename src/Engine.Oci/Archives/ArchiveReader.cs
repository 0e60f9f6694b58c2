using System.Text;
using Engine.Oci.Layers;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Archives;

/// <summary>
/// Reads archives of images: docker save (old and new), OCI layouts as a tar or a directory, both in one, compressed as
/// a whole or not. What an archive is, its content tells. Nothing in it is believed that was not checked.
/// </summary>
public static class ArchiveReader
{
    // As much as a pipe from a slow sender can be made to wait for; a layout's own files come within it.
    private const int HeadSize = 1024 * 1024;

    /// <summary>Tells an archive of images from a root file system, by its first part.</summary>
    /// <param name="source">The archive; read on through the result, which closes it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<ArchiveHead> PeekAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        byte[] head = new byte[HeadSize];
        int length = await source.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> read = head.AsMemory(0, length);
        return new ArchiveHead(ArchiveProbe.IsImage(read), new HeadedStream(read, source));
    }

    /// <summary>Reads a tar, compressed or not, from front to back. The tar is parsed on the caller's thread.</summary>
    /// <param name="archive">The archive; it stays open.</param>
    /// <param name="spool">Where its files go; also those that turn out to belong to no image.</param>
    /// <param name="limits">How much is believed; null for the usual limits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidArchive"/>,
    /// <see cref="EngineErrorReason.InvalidManifest"/>, <see cref="EngineErrorReason.DigestMismatch"/>,
    /// <see cref="EngineErrorReason.ArchiveEscapesRoot"/> or <see cref="EngineErrorReason.InputTooLarge"/>.</exception>
    public static async Task<ArchiveContents> ReadAsync(
        Stream archive, IArchiveSpool spool, ArchiveLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(spool);
        limits ??= ArchiveLimits.Default;
        var files = new ArchiveFiles(spool, limits);
        var options = new LayerStreamOptions { ComputeDigests = false, LeaveOpen = true };
        using (LayerStream stream = LayerStream.Open(archive, options, cancellationToken))
        {
            var reader = new TarReader(stream, limits.Tar);
            while (reader.Next() is { } entry)
            {
                await TakeAsync(files, reader, entry, cancellationToken).ConfigureAwait(false);
            }

            // To the end: a sender is not cut off, and a damaged end of the compressed stream is seen.
            await stream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        }

        return await ArchiveImages.ReadAsync(files, limits, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads a directory: an OCI layout, or what was unpacked from docker save. Links are not followed out of it.
    /// </summary>
    /// <param name="path">The directory.</param>
    /// <param name="spool">Where its files go.</param>
    /// <param name="limits">How much is believed; null for the usual limits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="EngineException">As for <see cref="ReadAsync"/>.</exception>
    public static async Task<ArchiveContents> ReadDirectoryAsync(
        string path, IArchiveSpool spool, ArchiveLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(spool);
        limits ??= ArchiveLimits.Default;
        var files = new ArchiveFiles(spool, limits);
        await ArchiveDirectory.ReadAsync(path, files, cancellationToken).ConfigureAwait(false);
        return await ArchiveImages.ReadAsync(files, limits, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask TakeAsync(
        ArchiveFiles files, TarReader reader, TarEntry entry, CancellationToken cancellationToken)
    {
        string name = ArchiveNames.Clean(entry.Name);
        switch (entry.Type)
        {
            case TarEntryType.File:
                Stream content = reader.OpenContent(entry);
                await using (content.ConfigureAwait(false))
                {
                    await files.AddAsync(name, content, cancellationToken).ConfigureAwait(false);
                }

                break;
            case TarEntryType.HardLink:
                files.AddLink(name, ArchiveNames.Clean(entry.LinkName));
                break;
            case TarEntryType.SymbolicLink:
                files.AddLink(name, Target(name, Encoding.UTF8.GetString(entry.LinkName.Span)));
                break;
            default:
                // Directories are in the names; nothing else belongs to an image.
                break;
        }
    }

    /// <summary>The name that a symbolic link leads to, by names alone.</summary>
    internal static string Target(string link, string target) =>
        ArchiveNames.Clean(target.StartsWith('/') ? target : link[..(link.LastIndexOf('/') + 1)] + target);
}
