using Engine.Core.Images.Content;
using Engine.Oci.Archives;

namespace Engine.Core.Images.Import;

/// <summary>
/// The files of an archive become blobs as they come; those that no image needs are collected with the hold.
/// </summary>
internal sealed class BlobSpool(BlobStore blobs, ContentHold hold, ItemProgress reading) : IArchiveSpool
{
    private long _before;

    public async ValueTask<SpooledFile> AddAsync(Stream content, CancellationToken cancellationToken)
    {
        var blob = await blobs.PutAsync(
            content, null, hold, bytes => reading.Report("Reading", _before + bytes), cancellationToken).ConfigureAwait(false);
        _before += blob.Size;
        return new SpooledFile(blob.Digest, blob.Size);
    }

    public ValueTask<Stream> OpenAsync(SpooledFile file, CancellationToken cancellationToken) =>
        new(blobs.OpenRead(file.Digest));
}
