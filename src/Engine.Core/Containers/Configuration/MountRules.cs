namespace Engine.Core.Containers.Configuration;

/// <summary>Rules for mounts and devices.</summary>
internal static class MountRules
{
    /// <summary>The options that a tmpfs may have (tmpfs(5), and mount(8)'s independent ones), as Docker lists them.</summary>
    private static readonly HashSet<string> s_tmpfsFlags = new(StringComparer.Ordinal)
    {
        "exec", "noexec", "suid", "nosuid", "dev", "nodev", "ro", "rw", "sync", "async", "dirsync", "atime", "noatime",
        "diratime", "nodiratime", "relatime", "norelatime", "strictatime", "nostrictatime",
    };

    private static readonly HashSet<string> s_tmpfsKeys = new(StringComparer.Ordinal)
    {
        "size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol",
    };

    public static void Check(ContainerConfiguration configuration, ConfigurationFaults faults)
    {
        var targets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mount in configuration.Mounts)
        {
            CheckTarget(mount, targets, faults);
            if (mount.Type == ContainerMountType.Bind)
            {
                faults.Require(
                    mount.Source is { Length: > 0 } source && IsAbsolute(source), nameof(configuration.Mounts),
                    $"the source '{mount.Source}' of the mount at '{mount.Target}' is no absolute path on the engine's host.");
                faults.Require(
                    mount.TmpfsSize is null && mount.TmpfsMode is null && mount.TmpfsOptions.Count == 0,
                    nameof(configuration.Mounts), $"the bind mount at '{mount.Target}' takes no tmpfs options.");
            }
            else
            {
                CheckTmpfs(mount, faults);
            }
        }

        foreach (var device in configuration.Devices)
        {
            faults.Require(
                IsAbsolute(device.Source), nameof(configuration.Devices), $"'{device.Source}' is no absolute path.");
            faults.Require(
                device.Target is null || IsAbsolute(device.Target), nameof(configuration.Devices),
                $"'{device.Target}' is no absolute path.");
            faults.Require(
                device.Permissions.Length > 0 && device.Permissions.All(static c => c is 'r' or 'w' or 'm')
                    && device.Permissions.Distinct().Count() == device.Permissions.Length,
                nameof(configuration.Devices),
                $"'{device.Permissions}' is no set of permissions; use any of r, w and m.");
        }
    }

    /// <summary>A container's path without doubled, trailing or dotted parts: how targets are compared.</summary>
    public static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    private static void CheckTarget(ContainerMount mount, HashSet<string> targets, ConfigurationFaults faults)
    {
        if (!IsAbsolute(mount.Target))
        {
            faults.Add(nameof(ContainerConfiguration.Mounts), $"the target '{mount.Target}' is no absolute path.");
            return;
        }

        var target = Clean(mount.Target);
        faults.Require(
            target != "/", nameof(ContainerConfiguration.Mounts), "a mount cannot have '/' as its target.");
        faults.Require(
            targets.Add(target), nameof(ContainerConfiguration.Mounts), $"duplicate mount point: {target}.");
    }

    private static void CheckTmpfs(ContainerMount mount, ConfigurationFaults faults)
    {
        const string setting = nameof(ContainerConfiguration.Mounts);
        faults.Require(mount.Source is null, setting, $"the tmpfs at '{mount.Target}' takes no source.");
        faults.Require(
            mount.TmpfsSize is null or > 0, setting, $"the size {mount.TmpfsSize} of the tmpfs at '{mount.Target}' is not positive.");
        faults.Require(
            mount.TmpfsMode is null or (>= 0 and <= 0xFFF), setting,
            $"the mode of the tmpfs at '{mount.Target}' is not within 0 to 7777 (octal).");
        foreach (var option in mount.TmpfsOptions)
        {
            var key = option.Split('=', 2)[0];
            faults.Require(
                option.Contains('=', StringComparison.Ordinal) ? s_tmpfsKeys.Contains(key) : s_tmpfsFlags.Contains(key),
                setting, $"'{option}' is no option of a tmpfs (at '{mount.Target}').");
            faults.Require(
                !option.Contains(',', StringComparison.Ordinal), setting, $"'{option}' holds a comma: give one option each.");
        }
    }

    private static bool IsAbsolute(string path) =>
        path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal);
}
