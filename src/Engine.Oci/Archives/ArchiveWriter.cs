using Engine.Oci.Compression;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Archives;

/// <summary>
/// Writes archives of images: an OCI layout in a tar, with Docker's lists beside it or without. What is written does
/// not depend on the clock: the same images under the same names give the same bytes.
/// </summary>
public static class ArchiveWriter
{
    private const int PieceSize = 256 * 1024;

    /// <summary>The digests and sizes of all blobs that an archive of these images takes out of the store.</summary>
    /// <param name="names">What is written.</param>
    public static IEnumerable<(Digest Digest, long Size)> BlobsOf(IReadOnlyList<SavedName> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.SelectMany(name => name.Images).SelectMany(image => image.Manifest.Value.Layers)
            .Select(layer => (layer.Digest, layer.Size)).Distinct();
    }

    /// <summary>Writes an archive, no faster than the destination takes it.</summary>
    /// <param name="destination">Where it goes; it stays open.</param>
    /// <param name="names">What it holds; at least one.</param>
    /// <param name="format">Its kind.</param>
    /// <param name="compression">The compression of the whole.</param>
    /// <param name="open">Opens a blob of the store.</param>
    /// <param name="progress">Told of each blob how many of its bytes are written; null for nobody.</param>
    /// <param name="cancellationToken">Ends the writing; what was written is then no archive.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ContentMissing"/>: a blob has not the size that
    /// its manifest says.</exception>
    public static async Task WriteAsync(
        Stream destination, IReadOnlyList<SavedName> names, ImageArchiveFormat format, ArchiveCompression compression,
        Func<Digest, Stream> open, Action<Digest, long, long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(open);
        Stream encoder = Encoder.Create(compression, destination);
        await using (encoder.ConfigureAwait(false))
        {
            var tar = new TarWriter(encoder);
            byte[] piece = new byte[PieceSize];
            foreach (ArchivePart part in ArchivePlan.Of(names, format))
            {
                await tar.BeginAsync(part.ToEntry(), cancellationToken).ConfigureAwait(false);
                if (part.Blob is null)
                {
                    await tar.WriteAsync(part.Content, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await CopyAsync(tar, part, piece, open, progress, cancellationToken).ConfigureAwait(false);
                }
            }

            await tar.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CopyAsync(
        TarWriter tar, ArchivePart part, byte[] piece, Func<Digest, Stream> open, Action<Digest, long, long>? progress,
        CancellationToken cancellationToken)
    {
        Stream blob = open(part.Blob!);
        await using (blob.ConfigureAwait(false))
        {
            for (long written = 0; written < part.Size;)
            {
                int wanted = (int)Math.Min(piece.Length, part.Size - written);
                int read = await blob.ReadAsync(piece.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    throw Damaged(part, written);
                }

                await tar.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                written += read;
                progress?.Invoke(part.Blob!, written, part.Size);
            }
        }
    }

    private static EngineException Damaged(ArchivePart part, long length) => new(
        EngineErrorCode.Corrupt, EngineErrorReason.ContentMissing,
        $"The blob {part.Blob} has {length} bytes in the store, and {part.Size} by its manifest. Bring the image in again.",
        part.Blob!.ToString());
}
