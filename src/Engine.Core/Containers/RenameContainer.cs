using Engine.Core.Containers.Names;
using Engine.Core.Events;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers;

/// <summary>Gives a container another name.</summary>
public sealed partial class RenameContainer
{
    private readonly ContainerStore _store;
    private readonly EventStream _events;
    private readonly ILogger<RenameContainer> _logger;

    internal RenameContainer(ContainerStore store, EventStream events, ILogger<RenameContainer> logger)
    {
        _store = store;
        _events = events;
        _logger = logger;
    }

    /// <summary>Renames, whatever the container's state is.</summary>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidContainerName"/>, <see cref="EngineErrorReason.ContainerNameInUse"/>,
    /// <see cref="EngineErrorReason.ContainerRemoving"/>.
    /// </exception>
    public async Task HandleAsync(string reference, string newName, CancellationToken cancellationToken)
    {
        var name = ContainerName.Parse(newName);
        var entry = _store.Resolve(reference);
        using var held = await entry.LockAsync(cancellationToken).ConfigureAwait(false);
        var record = entry.Record;
        if (record.State is ContainerState.Removing or ContainerState.Dead)
        {
            throw ContainerErrors.Removing(record.Name);
        }

        if (name == record.Name)
        {
            throw ContainerErrors.InvalidConfiguration($"Container '{name}' has this name already.", name);
        }

        if (!_store.TryReserveName(name, record.Id, out var owner))
        {
            throw ContainerErrors.NameInUse(name, owner);
        }

        try
        {
            _store.Save(entry, record with { Name = name });
        }
        catch
        {
            _store.ReleaseName(name, record.Id);
            throw;
        }

        _store.ReleaseName(record.Name, record.Id);
        LogRenamed(record.Id, record.Name, name);
        _events.PublishContainer(entry.Record, "rename", ("oldName", record.Name));
    }

    [LoggerMessage(EventId = 1060, Level = LogLevel.Information, Message = "Container {ContainerId} is now '{NewName}', no longer '{OldName}'")]
    private partial void LogRenamed(string containerId, string oldName, string newName);
}
