using System.Globalization;

namespace Engine.Core.Containers.Configuration;

/// <summary>Rules for limits on memory, processors and processes, with Docker's ranges.</summary>
internal static class ResourceRules
{
    /// <summary>The least memory that a runtime can set up a container in.</summary>
    private const long MinMemory = 6L << 20;

    public static void Check(ContainerConfiguration configuration, int processors, ConfigurationFaults faults)
    {
        var resources = configuration.Resources;
        CheckMemory(resources, faults);
        CheckProcessors(resources, processors, faults);
        faults.Require(
            resources.PidsLimit is null or >= -1, nameof(resources.PidsLimit),
            $"{resources.PidsLimit} is not a number of processes, or -1 for no limit.");
        faults.Require(
            configuration.ShmSize is null or > 0, nameof(configuration.ShmSize), $"{configuration.ShmSize} is not positive.");
        faults.Require(
            configuration.OomScoreAdjust is null or (>= -1000 and <= 1000), nameof(configuration.OomScoreAdjust),
            $"{configuration.OomScoreAdjust} is not within -1000 to 1000.");
        var parent = configuration.CgroupParent;
        faults.Require(
            parent is null || (parent.Length > 0 && !parent.Contains('\0', StringComparison.Ordinal)
                && !parent.Split('/').Contains("..", StringComparer.Ordinal)),
            nameof(configuration.CgroupParent), $"'{parent}' is no cgroup's path.");
    }

    private static void CheckMemory(ContainerResources resources, ConfigurationFaults faults)
    {
        faults.Require(
            resources.Memory is null or 0 or >= MinMemory, nameof(resources.Memory),
            $"{resources.Memory} bytes is too little; the least is 6 MiB.");
        faults.Require(
            resources.MemoryReservation is null or 0 or >= MinMemory, nameof(resources.MemoryReservation),
            $"{resources.MemoryReservation} bytes is too little; the least is 6 MiB.");
        faults.Require(
            resources.MemoryReservation is null or 0 || resources.Memory is null or 0
                || resources.MemoryReservation <= resources.Memory,
            nameof(resources.MemoryReservation), "it cannot be above the memory limit.");
        faults.Require(
            resources.MemorySwap is null or >= -1, nameof(resources.MemorySwap),
            $"{resources.MemorySwap} is not a number of bytes, or -1 for no limit.");
        if (resources.MemorySwap > 0)
        {
            faults.Require(
                resources.Memory > 0, nameof(resources.MemorySwap), "it needs a memory limit beside it.");
            faults.Require(
                resources.Memory is null || resources.MemorySwap >= resources.Memory, nameof(resources.MemorySwap),
                "it counts memory and swap together, and cannot be below the memory limit.");
        }
    }

    private static void CheckProcessors(ContainerResources resources, int processors, ConfigurationFaults faults)
    {
        const long billion = 1_000_000_000;
        if (resources.NanoCpus is { } nano and not 0)
        {
            faults.Require(
                nano >= billion / 100 && nano <= processors * billion, nameof(resources.NanoCpus),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{nano / (decimal)billion} processors is not within 0.01 to {processors}, which is what this host has."));
            faults.Require(
                resources.CpuPeriod is null or 0 && resources.CpuQuota is null or 0, nameof(resources.NanoCpus),
                "it cannot be set together with a CPU period or quota.");
        }

        faults.Require(
            resources.CpuPeriod is null or 0 or (>= 1_000 and <= 1_000_000), nameof(resources.CpuPeriod),
            $"{resources.CpuPeriod} is not within 1,000 to 1,000,000 microseconds.");
        faults.Require(
            resources.CpuQuota is null or -1 or 0 or >= 1_000, nameof(resources.CpuQuota),
            $"{resources.CpuQuota} is less than 1,000 microseconds.");
        faults.Require(
            resources.CpuShares is null or 0 or >= 2, nameof(resources.CpuShares), $"{resources.CpuShares} is less than 2.");
        CheckSet(resources.CpuSet, processors, nameof(resources.CpuSet), faults);
        // The number of memory nodes is the kernel's to know; it refuses what is not there when the container starts.
        CheckSet(resources.MemorySet, 1024, nameof(resources.MemorySet), faults);
    }

    private static void CheckSet(string? set, int count, string setting, ConfigurationFaults faults)
    {
        if (set is null or "")
        {
            return;
        }

        foreach (var part in set.Split(','))
        {
            var ends = part.Split('-');
            var numbers = ends.Select(static end =>
                int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
            faults.Require(
                numbers.Length <= 2 && numbers.All(number => number >= 0 && number < count) && numbers[0] <= numbers[^1],
                setting, $"'{part}' is no number or range within 0 to {count - 1}.");
        }
    }
}
