using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>The part of a specification that says what the container's cgroup allows.</summary>
internal static class ResourceSection
{
    /// <summary>The period that a number of processors is turned into a quota of, in microseconds: the kernel's default.</summary>
    private const long Period = 100_000;

    public static LinuxResources Of(SpecificationInput input)
    {
        var resources = input.Record.Configuration.Resources;
        return new LinuxResources
        {
            Devices = DeviceSection.Rules(input),
            Memory = Memory(resources),
            Cpu = Processors(resources),
            Pids = resources.PidsLimit is { } limit and not 0 ? new LinuxPids { Limit = limit } : null,
        };
    }

    private static LinuxMemory? Memory(ContainerResources resources)
    {
        var limit = NotZero(resources.Memory);
        var reservation = NotZero(resources.MemoryReservation);
        if (limit is null && reservation is null)
        {
            return null;
        }

        return new LinuxMemory
        {
            Limit = limit,
            Reservation = reservation,
            // Docker's rule: a limit on memory alone means as much swap again.
            Swap = limit is null ? null : NotZero(resources.MemorySwap) ?? checked(limit * 2),
        };
    }

    private static LinuxCpu? Processors(ContainerResources resources)
    {
        var quota = resources.NanoCpus is { } nano and not 0 ? nano * Period / 1_000_000_000 : NotZero(resources.CpuQuota);
        var period = resources.NanoCpus is { } and not 0 ? Period : NotZero(resources.CpuPeriod);
        var cpu = new LinuxCpu
        {
            Shares = (ulong?)NotZero(resources.CpuShares),
            Quota = quota,
            Period = (ulong?)period,
            Cpus = NotEmpty(resources.CpuSet),
            Mems = NotEmpty(resources.MemorySet),
        };
        return cpu == new LinuxCpu() ? null : cpu;
    }

    private static long? NotZero(long? value) => value is 0 ? null : value;

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
