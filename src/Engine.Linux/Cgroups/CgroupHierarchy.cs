using Engine.Linux.Mounts;

namespace Engine.Linux.Cgroups;

/// <summary>Where this host's control groups are mounted.</summary>
public sealed class CgroupHierarchy
{
    private readonly IReadOnlyDictionary<string, string> _v1;

    private CgroupHierarchy(CgroupVersion version, IReadOnlyDictionary<string, string> v1, string? unified, IReadOnlyList<string> controllers)
    {
        Version = version;
        _v1 = v1;
        UnifiedRoot = unified;
        Controllers = controllers;
    }

    /// <summary>The layout.</summary>
    public CgroupVersion Version { get; }

    /// <summary>Where the unified hierarchy is mounted, or null.</summary>
    public string? UnifiedRoot { get; }

    /// <summary>The controllers that can be used, in whichever hierarchy they are.</summary>
    public IReadOnlyList<string> Controllers { get; }

    /// <summary>The root directories of all hierarchies, the unified one included.</summary>
    public IReadOnlyList<string> Roots => [.. _v1.Values.Distinct(), .. UnifiedRoot is null ? [] : new[] { UnifiedRoot }];

    /// <summary>
    /// Whether a controller of the kernel is in no v1 hierarchy though others are: it sits in the unified one, or nothing
    /// mounted it. crun refuses to run on such a host; runc does not. <see cref="CgroupMounter"/> mends it where it can be.
    /// </summary>
    public bool HasStrayController =>
        Version is CgroupVersion.V1 or CgroupVersion.Hybrid
        && CgroupController.ReadAll().Any(controller => controller.IsEnabled && RootOf(controller.Name) is null);

    /// <summary>Looks at the mount table.</summary>
    public static CgroupHierarchy Detect() => From(MountTable.Read(), root => File.ReadAllText(Path.Combine(root, "cgroup.controllers")));

    /// <summary>Whether a controller can be used.</summary>
    public bool Has(string controller) => Controllers.Contains(controller, StringComparer.Ordinal);

    /// <summary>The root of the hierarchy that a controller is in; null when it is not mounted.</summary>
    public string? RootOf(string controller) =>
        _v1.TryGetValue(controller, out string? root) ? root : Version == CgroupVersion.V2 && Has(controller) ? UnifiedRoot : null;

    internal static CgroupHierarchy From(MountTable mounts, Func<string, string> readControllers)
    {
        Dictionary<string, string> v1 = new(StringComparer.Ordinal);
        string? unified = null;
        foreach (MountEntry mount in mounts.Mounts)
        {
            if (mount.FileSystem == "cgroup2")
            {
                unified ??= mount.MountPoint;
            }
            else if (mount.FileSystem == "cgroup")
            {
                // Named hierarchies ("name=systemd") count too: processes are in groups there, and those must go as well.
                foreach (string option in mount.SuperOptions.Split(',').Where(o => o is not ("rw" or "ro" or "xattr" or "noprefix" or "clone_children")))
                {
                    v1.TryAdd(option, mount.MountPoint);
                }
            }
        }

        CgroupVersion version = (v1.Count, unified) switch
        {
            (0, null) => CgroupVersion.None,
            (0, _) => CgroupVersion.V2,
            (_, null) => CgroupVersion.V1,
            _ => CgroupVersion.Hybrid,
        };
        string[] controllers = version == CgroupVersion.V2
            ? readControllers(unified!).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            : [.. v1.Keys.Where(key => !key.StartsWith("name=", StringComparison.Ordinal))];
        return new CgroupHierarchy(version, v1, unified, controllers);
    }
}
