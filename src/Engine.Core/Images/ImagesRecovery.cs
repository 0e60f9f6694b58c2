using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Oci;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>
/// Brings the database and the disk together when the engine starts: what was half-done is undone, what has no owner is
/// removed, what is not there any more is forgotten. Nothing else of the images may run meanwhile, and the containers
/// must be known already.
/// </summary>
public sealed partial class ImagesRecovery
{
    private readonly ImageTable _images;
    private readonly LayerTable _layers;
    private readonly BlobStore _blobs;
    private readonly LayerDirectories _directories;
    private readonly ContentCollector _collector;
    private readonly ImageRemover _remover;
    private readonly ILogger<ImagesRecovery> _logger;

    internal ImagesRecovery(
        ImageTable images, LayerTable layers, BlobStore blobs, LayerDirectories directories, ContentCollector collector,
        ImageRemover remover, ILogger<ImagesRecovery> logger)
    {
        _images = images;
        _layers = layers;
        _blobs = blobs;
        _directories = directories;
        _collector = collector;
        _remover = remover;
        _logger = logger;
    }

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Ends the work between two pieces; the next start goes on.</param>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.Run(() => Run(cancellationToken), cancellationToken);

    private void Run(CancellationToken cancellationToken)
    {
        _directories.EmptyIngest();
        CheckLayers(cancellationToken);
        RemoveStrangers(cancellationToken);
        foreach (var image in _images.ReadAll((id, error) => Damaged(_logger, id, error)).Where(image => image.Removed))
        {
            _remover.PurgeIfUnused(image.Id);
        }

        CheckBlobs(cancellationToken);
    }

    private void CheckLayers(CancellationToken cancellationToken)
    {
        foreach (var (id, complete) in _layers.ReadAll())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (complete && !_directories.Exists(Digest.Parse(id)))
            {
                foreach (var image in _images.UsersOfLayer(id))
                {
                    LayerMissing(_logger, id, image);
                }

                _layers.DeleteWithImages(id);
            }
            else if (_images.UsersOfLayer(id).Count == 0)
            {
                // Half unpacked, or the engine ended between the layer and its image.
                LayerDropped(_logger, id);
                _collector.Collect([(ContentKind.Layer, id)]);
            }
        }
    }

    private void RemoveStrangers(CancellationToken cancellationToken)
    {
        var known = _layers.ReadAll().Keys.Select(id => Digest.Parse(id).Hex).ToHashSet(StringComparer.Ordinal);
        foreach (var name in _directories.Names().Where(name => !known.Contains(name)).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            LayerDropped(_logger, name);
            _directories.RemoveLayer(name);
        }
    }

    private void CheckBlobs(CancellationToken cancellationToken)
    {
        var needed = _images.AllBlobs();
        var there = _blobs.All().Select(digest => digest.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var digest in there.Except(needed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _collector.Collect([(ContentKind.Blob, digest)]);
        }

        foreach (var digest in needed.Except(there))
        {
            // Containers run from the unpacked layers; only handing the image on needs the blob.
            BlobMissing(_logger, digest);
        }
    }
}
