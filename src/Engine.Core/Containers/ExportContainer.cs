using Engine.Core.Containers.Files;
using Engine.Core.Events;
using Engine.Core.Images.Layers;
using Engine.Linux.Files;
using Engine.Oci.Layers.Tar;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers;

/// <summary>Writes the files of a container, without what is mounted into it, as a tar.</summary>
public sealed partial class ExportContainer
{
    private readonly ContainerStore _store;
    private readonly ContainerFileSystem _files;
    private readonly EventStream _events;
    private readonly ILogger<ExportContainer> _logger;

    internal ExportContainer(
        ContainerStore store, ContainerFileSystem files, EventStream events, ILogger<ExportContainer> logger)
    {
        _store = store;
        _files = files;
        _events = events;
        _logger = logger;
    }

    /// <summary>
    /// Exports a container. It may run and change its files meanwhile, be started and stopped; when it is removed, the
    /// export fails.
    /// </summary>
    /// <param name="reference">Its name, id, or a prefix of its id.</param>
    /// <param name="destination">Where the tar goes, uncompressed; written no faster than it takes, and left open.</param>
    /// <param name="cancellationToken">Ends the writing; what was written is then no archive.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerNotFound"/>, <see cref="EngineErrorReason.AmbiguousContainerId"/>,
    /// <see cref="EngineErrorReason.ContainerRemoving"/>, <see cref="EngineErrorReason.ContainerDead"/>,
    /// <see cref="EngineErrorReason.InputTooLarge"/>.
    /// </exception>
    public async Task HandleAsync(string reference, Stream destination, CancellationToken cancellationToken)
    {
        var entry = _store.Resolve(reference);
        ContainerErrors.RequireWhole(entry);
        using var root = await OpenAsync(entry, cancellationToken).ConfigureAwait(false);
        var tar = new TarWriter(destination);
        var tree = new TreeArchiver(root, tar, TreeForm.RootFileSystem, _logger);
        try
        {
            await Task.Run(() => tree.RunAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ContainerErrors.RequireWhole(entry);
            throw;
        }

        // Files that a removal took away look like files that were never there.
        ContainerErrors.RequireWhole(entry);
        await tar.FinishAsync(cancellationToken).ConfigureAwait(false);
        LogExported(entry.Record.Name, tree.Entries);
        _events.PublishContainer(entry.Record, "export");
    }

    private async Task<RootedDirectory> OpenAsync(ContainerEntry entry, CancellationToken cancellationToken)
    {
        // Under the lock: a start or an end of the container would mount or unmount under our feet.
        using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
        return _files.OpenRoot(entry.Record);
    }

    [LoggerMessage(EventId = 1090, Level = LogLevel.Information, Message = "Exported container '{Name}': {Count} files")]
    private partial void LogExported(string name, long count);
}
