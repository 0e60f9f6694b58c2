using Engine.Core.Containers.Configuration;
using Engine.Core.Containers.Files;
using Engine.Core.Containers.Lifecycle;
using Engine.Core.Events;
using Engine.Core.Images;
using Engine.Core.Images.Derive;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers;

/// <summary>Makes an image of what a container has changed: its image's layers, and one more.</summary>
public sealed partial class CommitContainer
{
    private readonly ContainerStore _store;
    private readonly ImageStore _images;
    private readonly ContainerChanges _changes;
    private readonly ContainerProcesses _processes;
    private readonly EventStream _events;
    private readonly ILogger<CommitContainer> _logger;

    internal CommitContainer(
        ContainerStore store, ImageStore images, ContainerChanges changes, ContainerProcesses processes,
        EventStream events, ILogger<CommitContainer> logger)
    {
        _store = store;
        _images = images;
        _changes = changes;
        _processes = processes;
        _events = events;
        _logger = logger;
    }

    /// <summary>Commits a container, running or not.</summary>
    /// <param name="commit">What to make. Pausing stops the processes only while the files are read.</param>
    /// <param name="cancellationToken">Ends the work; nothing of it stays, and the processes go on.</param>
    /// <returns>The image.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerNotFound"/>, <see cref="EngineErrorReason.AmbiguousContainerId"/>,
    /// <see cref="EngineErrorReason.ContainerRemoving"/>, <see cref="EngineErrorReason.ContainerDead"/>,
    /// <see cref="EngineErrorReason.InvalidReference"/>, <see cref="EngineErrorReason.InvalidChange"/>,
    /// <see cref="EngineErrorReason.ContentMissing"/>, <see cref="EngineErrorReason.InputTooLarge"/>,
    /// <see cref="EngineErrorReason.DiskFull"/>.
    /// </exception>
    public async Task<ContainerImage> HandleAsync(ImageCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var entry = _store.Resolve(commit.Container);
        ContainerErrors.RequireWhole(entry);
        var record = entry.Record;
        using var parent = _images.UseId(record.ImageId);
        var step = new DerivedStep
        {
            Execution = CommittedExecution.Of(parent.Config.Config, record.Configuration, commit.Changes),
            CreatedBy = string.Join(' ', record.Configuration.Command ?? []),
            Author = commit.Author,
            Comment = commit.Message,
            Reference = commit.Reference is null ? null : ImageStore.ParseTag(commit.Reference),
        };
        var image = await _images.DeriveAsync(
            parent.Id,
            (layer, ct) => WriteLayerAsync(entry, layer, commit.Pause, ct),
            step, cancellationToken).ConfigureAwait(false);
        LogCommitted(record.Name, image.Id);
        _events.PublishContainer(
            record, "commit", ("comment", commit.Message), ("imageID", image.Id), ("imageRef", step.Reference ?? ""));
        return image;
    }

    private async Task<bool> WriteLayerAsync(
        ContainerEntry entry, Stream layer, bool pause, CancellationToken cancellationToken)
    {
        if (pause && entry.Record.State == ContainerState.Running)
        {
            // Nobody may stop or thaw it meanwhile: whoever wants to waits for the lock.
            using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
            if (entry.Record.State == ContainerState.Running)
            {
                using var still = await _processes.HoldStillAsync(entry.Record).ConfigureAwait(false);
                return await _changes.WriteAsync(entry.Record, layer, cancellationToken).ConfigureAwait(false);
            }
        }

        var changed = await _changes.WriteAsync(entry.Record, layer, cancellationToken).ConfigureAwait(false);

        // Files that a removal took away look like files that the container has not changed.
        ContainerErrors.RequireWhole(entry);
        return changed;
    }

    [LoggerMessage(EventId = 1095, Level = LogLevel.Information, Message = "Committed container '{Name}' as {ImageId}")]
    private partial void LogCommitted(string name, string imageId);
}
