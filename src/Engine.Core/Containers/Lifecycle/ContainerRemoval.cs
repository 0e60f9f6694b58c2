using Engine.Core.Events;
using Engine.Core.Images;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Removes a container that does not run: its things first, its row last.</summary>
internal sealed partial class ContainerRemoval(
    ContainerStore store,
    ContainerTeardown teardown,
    ImageStore images,
    EngineDirectories directories,
    EventStream events,
    ILogger<ContainerRemoval> logger)
{
    /// <summary>Removes the container. The caller holds its lock.</summary>
    /// <exception cref="EngineException">What could not be removed; the container is then dead, and can be removed again.</exception>
    public async Task RemoveAsync(ContainerEntry entry)
    {
        var record = entry.Record;
        store.Save(entry, record with { State = ContainerState.Removing });
        try
        {
            if (record.Materialised)
            {
                await teardown.RunAsync(record).ConfigureAwait(false);
            }

            teardown.DeleteBundle(record.Id);
        }
        catch (Exception error)
        {
            LogRemovalFailed(error, record.Name, directories.Containers);
            store.Save(entry, record with { State = ContainerState.Dead, Error = error.Message });
            throw;
        }

        store.Remove(entry);
        images.ContainerRemoved(record.ImageId);
        LogRemoved(record.Id, record.Name);
        events.PublishContainer(record, "destroy");
    }

    [LoggerMessage(EventId = 1050, Level = LogLevel.Information, Message = "Removed container {ContainerId} '{Name}'")]
    private partial void LogRemoved(string containerId, string name);

    [LoggerMessage(EventId = 1051, Level = LogLevel.Error, Message = "Container '{Name}' could not be removed whole from '{Directory}'")]
    private partial void LogRemovalFailed(Exception error, string name, string directory);
}
