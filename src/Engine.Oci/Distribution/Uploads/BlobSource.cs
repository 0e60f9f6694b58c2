namespace Engine.Oci.Distribution.Uploads;

/// <summary>The blob that is uploaded: where its bytes come from.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Open">Opens it at its start; the stream can seek.</param>
/// <param name="Progress">Hears up to which byte it was sent; a resumed upload goes back.</param>
internal sealed record BlobSource(Digest Digest, long Size, Func<Stream> Open, Action<long>? Progress)
{
    public Stream OpenAt(long offset)
    {
        Stream blob = Open();
        try
        {
            blob.Seek(offset, SeekOrigin.Begin);
            return blob;
        }
        catch
        {
            blob.Dispose();
            throw;
        }
    }

    // A failure on our own side is no failure of the connection, and is not tried again.
    public async ValueTask<int> ReadAsync(Stream blob, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            int read = await blob.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return read > 0 ? read : throw Missing($"it has less than its {Size} bytes", null);
        }
        catch (IOException e)
        {
            throw Missing(e.Message.TrimEnd('.'), e);
        }
    }

    public void Sent(long position) => Progress?.Invoke(position);

    private EngineException Missing(string fault, Exception? cause) =>
        new(
            EngineErrorCode.Corrupt,
            EngineErrorReason.ContentMissing,
            $"The blob {Digest} cannot be uploaded, since it cannot be read here: {fault}.",
            Digest.ToString(),
            cause);
}
