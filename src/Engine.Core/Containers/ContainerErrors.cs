namespace Engine.Core.Containers;

/// <summary>The errors that several operations on containers share.</summary>
internal static class ContainerErrors
{
    public static EngineException NotFound(string reference) => new(
        EngineErrorCode.NotFound, EngineErrorReason.ContainerNotFound, $"No such container: {reference}", reference);

    public static EngineException Ambiguous(string prefix) => new(
        EngineErrorCode.InvalidArgument, EngineErrorReason.AmbiguousContainerId,
        $"Several containers' ids begin with '{prefix}'. Give more of the id, or the name.", prefix);

    public static EngineException NameInUse(string name, string ownerId) => new(
        EngineErrorCode.AlreadyExists, EngineErrorReason.ContainerNameInUse,
        $"The container name '{name}' is already in use by container {ownerId}. Remove or rename that container, or choose another name.",
        name);

    public static EngineException NotRunning(string name) => new(
        EngineErrorCode.Conflict, EngineErrorReason.ContainerNotRunning,
        $"Container '{name}' is not running. Start it first.", name);

    public static EngineException Paused(string name) => new(
        EngineErrorCode.Conflict, EngineErrorReason.ContainerPaused,
        $"Container '{name}' is paused. Resume it first.", name);

    public static EngineException Removing(string name) => new(
        EngineErrorCode.Busy, EngineErrorReason.ContainerRemoving,
        $"Removal of container '{name}' is already in progress.", name);

    public static EngineException Dead(string name) => new(
        EngineErrorCode.Conflict, EngineErrorReason.ContainerDead,
        $"Container '{name}' is dead: its removal failed half-way. Remove it again.", name);

    /// <summary>Fails when the container is removed, is being removed, or was removed half-way.</summary>
    public static void RequireWhole(ContainerEntry entry)
    {
        var record = entry.Record;
        if (entry.IsRemoved || record.State is ContainerState.Removing or ContainerState.Dead)
        {
            throw entry.IsRemoved ? NotFound(record.Name)
                : record.State == ContainerState.Removing ? Removing(record.Name)
                : Dead(record.Name);
        }
    }

    public static EngineException InvalidConfiguration(string message, string? target = null) => new(
        EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidContainerConfiguration, message, target);
}
