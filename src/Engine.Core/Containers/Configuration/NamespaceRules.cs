namespace Engine.Core.Containers.Configuration;

/// <summary>Rules for namespaces, and for what only makes sense in a namespace of the container's own.</summary>
internal static class NamespaceRules
{
    /// <summary>The kernel parameters that belong to an IPC namespace (ipc_namespaces(7)).</summary>
    private static readonly HashSet<string> s_ipcSysctls = new(StringComparer.Ordinal)
    {
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni",
        "kernel.shm_rmid_forced",
    };

    public static void Check(ContainerConfiguration configuration, ConfigurationFaults faults)
    {
        CheckMode(configuration.PidMode, nameof(configuration.PidMode), ["private", "host"], canShare: true, faults);
        CheckMode(
            configuration.IpcMode, nameof(configuration.IpcMode), ["private", "none", "shareable", "host"], canShare: true, faults);
        CheckMode(configuration.UtsMode, nameof(configuration.UtsMode), ["private", "host"], canShare: false, faults);
        CheckMode(
            configuration.CgroupNamespaceMode, nameof(configuration.CgroupNamespaceMode), ["private", "host"],
            canShare: false, faults);
        CheckMode(configuration.NetworkMode, nameof(configuration.NetworkMode), ["none", "host"], canShare: false, faults);
        faults.Require(
            configuration.UtsMode != "host" || (configuration.Hostname is null or "" && configuration.DomainName is null or ""),
            nameof(configuration.Hostname), "a container in the host's UTS namespace has the host's name.");
        faults.Require(
            configuration.Init is not true || configuration.PidMode is null or "private", nameof(configuration.Init),
            "an init needs a PID namespace of the container's own.");
        foreach (var name in configuration.Sysctls.Keys)
        {
            CheckSysctl(name, configuration, faults);
        }
    }

    /// <summary>The container that a mode of the form <c>container:…</c> shares with; null for any other mode.</summary>
    public static string? SharedWith(string? mode) =>
        mode is not null && mode.StartsWith("container:", StringComparison.Ordinal) ? mode["container:".Length..] : null;

    private static void CheckMode(
        string? mode, string setting, string[] words, bool canShare, ConfigurationFaults faults)
    {
        if (mode is null || words.Contains(mode, StringComparer.Ordinal) || (canShare && SharedWith(mode) is { Length: > 0 }))
        {
            return;
        }

        var expected = string.Join(", ", words) + (canShare ? ", container:<name or id>" : "");
        faults.Add(setting, $"'{mode}' is not one of {expected}.");
    }

    private static void CheckSysctl(string name, ContainerConfiguration configuration, ConfigurationFaults faults)
    {
        const string setting = nameof(ContainerConfiguration.Sysctls);
        if (name.StartsWith("net.", StringComparison.Ordinal))
        {
            faults.Require(
                configuration.NetworkMode != "host", setting, $"'{name}' would change the host's own network.");
        }
        else if (s_ipcSysctls.Contains(name) || name.StartsWith("fs.mqueue.", StringComparison.Ordinal))
        {
            faults.Require(
                configuration.IpcMode != "host" && SharedWith(configuration.IpcMode) is null, setting,
                $"'{name}' needs an IPC namespace of the container's own.");
        }
        else if (name == "kernel.domainname")
        {
            faults.Require(
                configuration.UtsMode != "host", setting, $"'{name}' needs a UTS namespace of the container's own.");
        }
        else
        {
            faults.Add(setting, $"'{name}' belongs to no namespace: it would change the whole host.");
        }
    }
}
