using Engine.Core.Events;
using Engine.Core.Images.Check;
using Engine.Core.Images.Content;
using Engine.Core.Images.Derive;
using Engine.Core.Images.Export;
using Engine.Core.Images.Import;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Pull;
using Engine.Core.Images.Push;
using Engine.Core.Images.Records;
using Engine.Core.State;
using Engine.Oci.Distribution;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>All that the engine does with images, put together.</summary>
public sealed class EngineImages : IDisposable
{
    private readonly LayerStore _layers;
    private readonly BlobDownloads _downloads;

    /// <summary>Puts it together; nothing is read or changed yet.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="directories">Where things lie.</param>
    /// <param name="database">Where the records are.</param>
    /// <param name="registry">The client of registries.</param>
    /// <param name="users">Who uses images.</param>
    /// <param name="events">Where events go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where messages go.</param>
    public EngineImages(
        EngineOptions options, EngineDirectories directories, EngineDatabase database, RegistryClient registry,
        IImageUsers users, EventStream events, TimeProvider time, ILoggerFactory loggers)
    {
        var images = new ImageTable(database);
        var layerTable = new LayerTable(database);
        var holds = new ContentHolds();
        var blobs = new BlobStore(directories);
        var layerDirectories = new LayerDirectories(directories);
        var collector = new ContentCollector(
            holds, images, layerTable, blobs, layerDirectories, loggers.CreateLogger<ContentCollector>());
        var remover = new ImageRemover(images, holds, collector, users);
        var resolver = new ImageResolver(images);
        var view = new ImageView(users);
        var limits = new LayerLimits(options.MaxLayerEntries, options.MaxLayerBytes);
        _layers = new LayerStore(layerTable, layerDirectories, blobs, limits, loggers.CreateLogger<LayerStore>());
        _downloads = new BlobDownloads(blobs, options.Registries.MaxTotalDownloads);
        var documents = new StoredDocuments(blobs, images);
        Store = new ImageStore(
            images, resolver, holds, layerDirectories, remover,
            new ImageDerivation(blobs, _layers, images, documents, holds, collector, events, view, time,
                options.LayerCompression));
        Import = new ImportImage(
            new ArchiveSpool(blobs), new RootFileSystemImport(blobs, _layers, time),
            new ImageArchiveImport(blobs, _layers),
            images, view, holds, collector, events, loggers.CreateLogger<ImportImage>());
        Export = new ExportImages(
            new ExportSelection(images, resolver), documents, blobs, holds, collector, events,
            loggers.CreateLogger<ExportImages>());
        History = new GetImageHistory(resolver, layerTable);
        Pull = new PullImage(
            registry,
            new ImageFetch(blobs, _layers, _downloads, limits, options.Registries.MaxConcurrentDownloads),
            images, resolver, view, holds, collector, events, loggers.CreateLogger<PullImage>());
        Push = new PushImage(
            new PushPlanner(blobs, documents),
            new ImageUpload(registry, blobs, images, options.Registries.MaxConcurrentUploads), images, blobs, holds,
            collector, events, loggers.CreateLogger<PushImage>());
        List = new ListImages(images, resolver, view, loggers.CreateLogger<ListImages>());
        Get = new GetImage(resolver, view);
        Tag = new TagImage(images, resolver, holds, events);
        Remove = new RemoveImage(resolver, remover, holds, users, events, loggers.CreateLogger<RemoveImage>());
        Prune = new PruneImages(
            images, remover, holds, new ContentUsage(images, layerTable, blobs, holds), users, events,
            loggers.CreateLogger<PruneImages>());
        Check = new CheckStore(
            new RecordCheck(images, documents, remover, holds, users), new BlobCheck(images, blobs, holds, collector),
            new LayerCheck(images, layerTable, _layers, layerDirectories, blobs, documents, holds, collector, users),
            loggers.CreateLogger<CheckStore>());
        Recovery = new ImagesRecovery(
            images, layerTable, blobs, layerDirectories, collector, remover, loggers.CreateLogger<ImagesRecovery>());
    }

    /// <summary>For those who make containers of images.</summary>
    public ImageStore Store { get; }

    /// <summary>Brings archives in.</summary>
    public ImportImage Import { get; }

    /// <summary>Writes archives.</summary>
    public ExportImages Export { get; }

    /// <summary>Tells how images were made.</summary>
    public GetImageHistory History { get; }

    /// <summary>Brings images from registries.</summary>
    public PullImage Pull { get; }

    /// <summary>Sends images to registries.</summary>
    public PushImage Push { get; }

    /// <summary>Lists images.</summary>
    public ListImages List { get; }

    /// <summary>Tells about one image.</summary>
    public GetImage Get { get; }

    /// <summary>Names images.</summary>
    public TagImage Tag { get; }

    /// <summary>Removes images and references.</summary>
    public RemoveImage Remove { get; }

    /// <summary>Removes unused images.</summary>
    public PruneImages Prune { get; }

    /// <summary>Looks for damage.</summary>
    public CheckStore Check { get; }

    /// <summary>To be run when the engine starts, before anything else of this.</summary>
    public ImagesRecovery Recovery { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _downloads.Dispose();
        _layers.Dispose();
    }
}
