namespace Engine.Oci.Archives;

/// <summary>
/// Where the files of an archive go while it is read: their order is free, so that what a file is for may be known only
/// at the end. A content-addressed store is one. It never sees the archive's names.
/// </summary>
public interface IArchiveSpool
{
    /// <summary>Takes a file; the same content may come several times.</summary>
    /// <param name="content">The file, to be read to its end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<SpooledFile> AddAsync(Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a file that was added.</summary>
    /// <param name="file">What adding it gave.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    ValueTask<Stream> OpenAsync(SpooledFile file, CancellationToken cancellationToken);
}
