using System.Globalization;
using Engine.Core.Containers.Configuration;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>The part of a specification that says what is mounted, parents before their children.</summary>
internal static class MountSection
{
    /// <summary>The kernel that can make a mount and all below it read-only (mount_setattr(2)).</summary>
    private static readonly Version s_recursiveReadOnly = new(5, 12);

    public static IReadOnlyList<RuntimeMount> Of(SpecificationInput input)
    {
        var configuration = input.Record.Configuration;
        List<RuntimeMount> mounts = [.. KernelMounts.Of(input), .. NetworkFiles(input)];
        if (input.Init is not null)
        {
            mounts.Add(Bind(input.Init, ProcessSection.InitTarget, "bind", "ro", "rprivate"));
        }

        foreach (var mount in configuration.Mounts.OrderBy(static mount => Depth(mount.Target)))
        {
            // What the user mounts takes the place of what the engine would have mounted there.
            mounts.RemoveAll(other => other.Destination == MountRules.Clean(mount.Target));
            mounts.Add(mount.Type == ContainerMountType.Bind ? Bind(input, mount) : Tmpfs(mount));
        }

        return mounts;
    }

    /// <summary>
    /// The root's own propagation, which must let through what a mount below it is to receive or send (runtime-spec,
    /// config-linux.md, "Rootfs Mount Propagation"); null for the runtime's default, private.
    /// </summary>
    public static string? RootPropagation(IReadOnlyList<ContainerMount> mounts) =>
        mounts.Any(static mount => mount.Propagation is MountPropagation.Shared or MountPropagation.RecursiveShared) ? "shared"
        : mounts.Any(static mount => mount.Propagation is MountPropagation.Slave or MountPropagation.RecursiveSlave) ? "slave"
        : null;

    private static IEnumerable<RuntimeMount> NetworkFiles(SpecificationInput input) => input.NetworkFiles
        .OrderBy(static file => file.Key, StringComparer.Ordinal)
        .Select(static file => Bind(file.Value, file.Key, "bind", "rprivate"));

    private static RuntimeMount Bind(SpecificationInput input, ContainerMount mount)
    {
        // A recursive propagation makes crun's bind recursive too, and without mounts below there is nothing to recurse to.
        List<string> options = mount.NonRecursive
            ? ["bind", Word(mount.Propagation).TrimStart('r')]
            : ["rbind", Word(mount.Propagation)];
        if (mount.ReadOnly)
        {
            options.Add("ro");
            if (!mount.NonRecursive && input.Host.Kernel >= s_recursiveReadOnly)
            {
                // A plain ro leaves mounts below the source writable; Docker makes them read-only too.
                options.Add("rro");
            }
        }

        return Bind(mount.Source!, MountRules.Clean(mount.Target), [.. options]);
    }

    private static RuntimeMount Bind(string source, string target, params string[] options) =>
        new() { Type = "bind", Source = source, Destination = target, Options = options };

    private static RuntimeMount Tmpfs(ContainerMount mount)
    {
        List<string> options = ["noexec", "nosuid", "nodev"];
        foreach (var option in mount.TmpfsOptions)
        {
            // exec takes noexec's place, and so on: the kernel would otherwise see both.
            options.Remove(option.StartsWith("no", StringComparison.Ordinal) ? option[2..] : "no" + option);
            if (!options.Contains(option, StringComparer.Ordinal))
            {
                options.Add(option);
            }
        }

        if (mount.TmpfsSize is { } size)
        {
            options.Add(string.Create(CultureInfo.InvariantCulture, $"size={size}"));
        }

        if (mount.TmpfsMode is { } mode)
        {
            options.Add("mode=" + Convert.ToString(mode, 8));
        }
        else if (!mount.TmpfsOptions.Any(static option => option.StartsWith("mode=", StringComparison.Ordinal)))
        {
            options.Add("mode=1777");
        }

        if (mount.ReadOnly)
        {
            options.Add("ro");
        }

        return new RuntimeMount
        {
            Type = "tmpfs",
            Source = "tmpfs",
            Destination = MountRules.Clean(mount.Target),
            Options = options,
        };
    }

    private static string Word(MountPropagation propagation) => propagation switch
    {
        MountPropagation.Private => "private",
        MountPropagation.Slave => "slave",
        MountPropagation.RecursiveSlave => "rslave",
        MountPropagation.Shared => "shared",
        MountPropagation.RecursiveShared => "rshared",
        _ => "rprivate",
    };

    private static int Depth(string path) => MountRules.Clean(path).Count(static c => c == '/');
}
