namespace Engine.Core.Containers.Specification;

/// <summary>The paths of the kernel's own file systems that a container must not see, or not write to: Docker's lists.</summary>
internal static class ProtectedPaths
{
    private static readonly string[] s_masked =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
        "/sys/devices/virtual/powercap", .. ThermalThrottle(),
    ];

    private static readonly string[] s_readOnly =
    [
        "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
    ];

    public static IReadOnlyList<string>? Masked(ContainerConfiguration configuration) =>
        configuration.Privileged ? null : configuration.MaskedPaths ?? s_masked;

    public static IReadOnlyList<string>? ReadOnly(ContainerConfiguration configuration) =>
        configuration.Privileged ? null : configuration.ReadOnlyPaths ?? s_readOnly;

    // How hot a neighbour makes the processor is a side channel; only some processors have the files.
    private static IEnumerable<string> ThermalThrottle()
    {
        const string processors = "/sys/devices/system/cpu";
        return Directory.Exists(processors)
            ? Directory.EnumerateDirectories(processors, "cpu*")
                .Select(static processor => Path.Combine(processor, "thermal_throttle"))
                .Where(Directory.Exists)
                .Order(StringComparer.Ordinal)
            : [];
    }
}
