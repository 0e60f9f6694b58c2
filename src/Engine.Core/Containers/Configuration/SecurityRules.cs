using System.Text.RegularExpressions;
using Engine.Core.Containers.Specification;

namespace Engine.Core.Containers.Configuration;

/// <summary>Rules for capabilities, limits and the devices cgroup.</summary>
internal static partial class SecurityRules
{
    public static void Check(ContainerConfiguration configuration, ConfigurationFaults faults)
    {
        CheckCapabilities(configuration.CapabilitiesToAdd, nameof(configuration.CapabilitiesToAdd), faults);
        CheckCapabilities(configuration.CapabilitiesToDrop, nameof(configuration.CapabilitiesToDrop), faults);
        var limits = new HashSet<string>(StringComparer.Ordinal);
        foreach (var limit in configuration.Ulimits)
        {
            faults.Require(
                UlimitNames.All.Contains(limit.Name), nameof(configuration.Ulimits), $"'{limit.Name}' is no resource limit.");
            faults.Require(
                limits.Add(limit.Name), nameof(configuration.Ulimits), $"'{limit.Name}' is given twice.");
            faults.Require(
                limit.Soft >= -1 && limit.Hard >= -1 && (limit.Hard == -1 || (limit.Soft != -1 && limit.Soft <= limit.Hard)),
                nameof(configuration.Ulimits),
                $"{limit.Name}={limit.Soft}:{limit.Hard}: the soft limit must not be above the hard one, and -1 is the least.");
        }

        foreach (var rule in configuration.DeviceCgroupRules)
        {
            faults.Require(
                DeviceRule().IsMatch(rule), nameof(configuration.DeviceCgroupRules),
                $"'{rule}' is no rule; write 'c 13:* rwm'.");
        }
    }

    private static void CheckCapabilities(IReadOnlyList<string> names, string setting, ConfigurationFaults faults)
    {
        foreach (var name in names)
        {
            faults.Require(CapabilityNames.TryParse(name, out _), setting, $"'{name}' is no capability.");
        }
    }

    [GeneratedRegex(@"\A[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex DeviceRule();
}
