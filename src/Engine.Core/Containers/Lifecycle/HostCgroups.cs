using Engine.Linux.Cgroups;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>
/// The host's cgroup hierarchies, made complete: crun refuses to run while a v1 controller is mounted nowhere, so those
/// are mounted first (design.md, section 2).
/// </summary>
internal sealed partial class HostCgroups
{
    public HostCgroups(ILogger<HostCgroups> logger)
    {
        foreach (var outcome in CgroupMounter.MountMissing())
        {
            if (outcome.Failure is null)
            {
                LogMounted(logger, outcome.Controller);
            }
            else
            {
                LogMountFailed(logger, outcome.Controller, outcome.Failure);
            }
        }

        Hierarchy = CgroupHierarchy.Detect();
    }

    public CgroupHierarchy Hierarchy { get; }

    [LoggerMessage(EventId = 1090, Level = LogLevel.Information, Message = "Mounted the cgroup controller {Controller}, which nothing had mounted")]
    private static partial void LogMounted(ILogger logger, string controller);

    [LoggerMessage(EventId = 1091, Level = LogLevel.Warning, Message = "The cgroup controller {Controller} is mounted nowhere, and cannot be: {Failure}")]
    private static partial void LogMountFailed(ILogger logger, string controller, string failure);
}
