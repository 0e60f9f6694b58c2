using Engine.Core.Containers.Configuration;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>Finds the containers whose namespaces another one shares, and checks that they can be shared.</summary>
/// <param name="Processes">The process to enter through, by OCI's name of the namespace.</param>
/// <param name="IpcDonor">The id of the container whose /dev/shm is shared, or null.</param>
internal sealed record NamespaceSharing(IReadOnlyDictionary<string, int> Processes, string? IpcDonor)
{
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ContainerNotFound"/>, <see cref="EngineErrorReason.ContainerNotRunning"/>, or
    /// <see cref="EngineErrorReason.InvalidContainerConfiguration"/> for an IPC namespace that is not shareable.
    /// </exception>
    public static NamespaceSharing Of(ContainerConfiguration configuration, ContainerStore store)
    {
        var processes = new Dictionary<string, int>(StringComparer.Ordinal);
        string? ipcDonor = null;
        if (NamespaceRules.SharedWith(configuration.PidMode) is { } pidDonor)
        {
            processes["pid"] = ProcessOf(store.Resolve(pidDonor));
        }

        if (NamespaceRules.SharedWith(configuration.IpcMode) is { } reference)
        {
            var donor = store.Resolve(reference);
            if (donor.Record.Configuration.IpcMode is not ("shareable" or "host"))
            {
                throw ContainerErrors.InvalidConfiguration(
                    $"IpcMode: the IPC namespace of container '{donor.Record.Name}' is private. Make that container with the IPC mode 'shareable'.",
                    nameof(configuration.IpcMode));
            }

            processes["ipc"] = ProcessOf(donor);
            ipcDonor = donor.Record.Configuration.IpcMode == "shareable" ? donor.Id : null;
        }

        return new NamespaceSharing(processes, ipcDonor);
    }

    private static int ProcessOf(ContainerEntry donor) =>
        donor.Record is { IsActive: true, Process: { } process } ? process.Pid : throw ContainerErrors.NotRunning(donor.Record.Name);
}
