using Engine.Core.Images.Content;
using Engine.Core.Images.Derive;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Oci.Documents;

namespace Engine.Core.Images;

/// <summary>The images, for those who make containers of them.</summary>
public sealed class ImageStore
{
    private readonly ImageTable _table;
    private readonly ImageResolver _resolver;
    private readonly ContentHolds _holds;
    private readonly LayerDirectories _directories;
    private readonly ImageRemover _remover;
    private readonly ImageDerivation _derivation;

    internal ImageStore(
        ImageTable table, ImageResolver resolver, ContentHolds holds, LayerDirectories directories,
        ImageRemover remover, ImageDerivation derivation)
    {
        _derivation = derivation;
        _table = table;
        _resolver = resolver;
        _holds = holds;
        _directories = directories;
        _remover = remover;
    }

    /// <summary>Finds an image and keeps it until the lease is disposed of.</summary>
    /// <param name="reference">A reference, an id, or a prefix of an id.</param>
    /// <param name="platform">As <c>os/arch[/variant]</c>, of which compatible ones will do; null for what suits this
    /// host best.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ImageNotFound"/>, <see cref="EngineErrorReason.AmbiguousImageId"/>,
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.InvalidReference"/>.
    /// </exception>
    public ImageLease Use(string reference, string? platform = null)
    {
        lock (_holds.Gate)
        {
            var (images, name) = _resolver.ResolveAll(reference);
            return Lease(ImageResolver.Choose(reference, images, platform), name);
        }
    }

    /// <summary>Keeps the image of a container that is there already, even if it was removed by force since.</summary>
    /// <param name="imageId">The whole id, with <c>sha256:</c>.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.ImageNotFound"/>.</exception>
    public ImageLease UseId(string imageId)
    {
        lock (_holds.Gate)
        {
            return Lease(_table.Find(imageId) ?? throw ImageErrors.NotFound(imageId), null);
        }
    }

    /// <summary>To be called when a container is gone: removes what was only kept for it.</summary>
    /// <param name="imageId">The whole id of the container's image.</param>
    public void ContainerRemoved(string imageId) => _remover.PurgeIfUnused(imageId);

    /// <summary>Makes an image of another one that the caller keeps.</summary>
    /// <param name="parentId">The whole id of the image below.</param>
    /// <param name="write">Writes the tar of the layer upon it.</param>
    /// <param name="step">What the new image says of itself.</param>
    /// <param name="cancellationToken">Ends the work; nothing of it stays.</param>
    internal Task<ContainerImage> DeriveAsync(
        string parentId, LayerMaking.Write write, DerivedStep step, CancellationToken cancellationToken) =>
        _derivation.RunAsync(parentId, write, step, cancellationToken);

    /// <summary>Reads a reference by tag, and gives it in its normal form.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidReference"/>.</exception>
    internal static string ParseTag(string reference) => TagReference.Parse(reference);

    private ImageLease Lease(StoredImage image, string? reference)
    {
        _holds.Add(ContentKind.Image, image.Id);
        return new ImageLease(_holds)
        {
            Id = image.Id,
            Reference = reference,
            Config = image.Config,
            Configuration = ImageView.ConfigurationOf(image.Config.Config ?? new ImageExecution()),
            LowerDirectories = [.. image.Chain.Reverse().Select(_directories.PathOf)],
        };
    }
}
