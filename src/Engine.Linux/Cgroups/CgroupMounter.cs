using Engine.Linux.Mounts;

namespace Engine.Linux.Cgroups;

/// <summary>
/// Mounts, on a v1 or hybrid host, every controller that the kernel has and nobody mounted, as cgroupfs-mount does. crun
/// looks each one up in its own hierarchy and refuses to run when one is not there (hugetlb, on hosts whose init mounts
/// only some).
/// </summary>
public static class CgroupMounter
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>Mounts what is missing. Does nothing on a v2 host, or where no hierarchy is mounted at all.</summary>
    /// <returns>What became of each missing controller.</returns>
    public static IReadOnlyList<CgroupMountOutcome> MountMissing()
    {
        CgroupHierarchy hierarchy = CgroupHierarchy.Detect();
        if (hierarchy.Version is not (CgroupVersion.V1 or CgroupVersion.Hybrid))
        {
            return [];
        }

        return
        [
            .. CgroupController.ReadAll()
                .Where(controller => controller.IsEnabled && hierarchy.RootOf(controller.Name) is null)
                .Select(controller => Mount(controller.Name)),
        ];
    }

    private static CgroupMountOutcome Mount(string controller)
    {
        string target = Path.Combine(Root, controller);
        try
        {
            Directory.CreateDirectory(target);
            MountCall.Mount("cgroup", target, "cgroup", Tmds.Linux.LibC.MS_NOSUID | Tmds.Linux.LibC.MS_NODEV | Tmds.Linux.LibC.MS_NOEXEC, controller);
            return new CgroupMountOutcome(controller, null);
        }
        catch (Exception exception) when (exception is LinuxException or EngineException or IOException or UnauthorizedAccessException)
        {
            // EBUSY: the controller is in use in the unified hierarchy. The host runs on without it; runc can.
            return new CgroupMountOutcome(controller, exception.Message);
        }
    }
}
