using Engine.Core.Images.Content;
using Engine.Core.Images.Import;
using Engine.Oci;
using Engine.Oci.Layers;

namespace Engine.Core.Images.Derive;

/// <summary>Makes blobs of layers that are written here: compressed, with both digests computed on the way.</summary>
internal sealed class LayerMaking(BlobStore blobs, ArchiveCompression compression)
{
    /// <summary>Writes a layer's tar to a stream; tells whether there is anything in it.</summary>
    public delegate Task<bool> Write(Stream layer, CancellationToken cancellationToken);

    /// <summary>Makes the layer.</summary>
    /// <param name="write">Writes its tar.</param>
    /// <param name="hold">Who needs the blob from now on.</param>
    /// <param name="cancellationToken">Ends the work; nothing stays.</param>
    /// <returns>The layer; null when there was nothing in it.</returns>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.DiskFull"/>.</exception>
    public async Task<NewLayer?> RunAsync(Write write, ContentHold hold, CancellationToken cancellationToken)
    {
        try
        {
            using var file = blobs.NewFile();
            Digest diffId;
            var destination = file.OpenAppend();
            await using (destination.ConfigureAwait(false))
            {
                using var layer = new LayerOutputStream(destination, compression, cancellationToken);
                if (!await Task.Run(() => write(layer, cancellationToken), cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                diffId = await layer.CompleteAsync().ConfigureAwait(false);
            }

            return new NewLayer(blobs.Keep(file, null, hold), diffId, compression);
        }
        catch (Exception error) when (DiskFault.Of(error) is { } full)
        {
            throw full;
        }
    }
}
