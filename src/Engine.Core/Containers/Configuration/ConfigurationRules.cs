namespace Engine.Core.Containers.Configuration;

/// <summary>
/// The rules that a container's configuration must obey whatever the host and the image; they are Docker's (ranges:
/// daemon-config, "Container runtime defaults").
/// </summary>
internal static class ConfigurationRules
{
    /// <summary>Checks a request as it came, before the image's settings are merged in.</summary>
    /// <param name="configuration">The request.</param>
    /// <param name="processors">How many processors the host has.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidContainerConfiguration"/>, with every fault in its message.
    /// </exception>
    public static void Check(ContainerConfiguration configuration, int processors)
    {
        var faults = new ConfigurationFaults();
        ProcessRules.Check(configuration, faults);
        MountRules.Check(configuration, faults);
        NamespaceRules.Check(configuration, faults);
        SecurityRules.Check(configuration, faults);
        ResourceRules.Check(configuration, processors, faults);
        faults.ThrowIfAny();
    }
}
