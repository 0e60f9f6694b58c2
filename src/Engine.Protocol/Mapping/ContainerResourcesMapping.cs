using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Limits.</summary>
public static class ContainerResourcesMapping
{
    /// <summary>Limits for the wire.</summary>
    public static Wire.ContainerResources ToWire(this ContainerResources model)
    {
        var wire = new Wire.ContainerResources();
        if (model.Memory is { } memory)
        {
            wire.Memory = memory;
        }

        if (model.MemoryReservation is { } memoryReservation)
        {
            wire.MemoryReservation = memoryReservation;
        }

        if (model.MemorySwap is { } memorySwap)
        {
            wire.MemorySwap = memorySwap;
        }

        if (model.NanoCpus is { } nanoCpus)
        {
            wire.NanoCpus = nanoCpus;
        }

        if (model.CpuShares is { } cpuShares)
        {
            wire.CpuShares = cpuShares;
        }

        if (model.CpuPeriod is { } cpuPeriod)
        {
            wire.CpuPeriod = cpuPeriod;
        }

        if (model.CpuQuota is { } cpuQuota)
        {
            wire.CpuQuota = cpuQuota;
        }

        if (model.CpuSet is { } cpuSet)
        {
            wire.CpuSet = cpuSet;
        }

        if (model.MemorySet is { } memorySet)
        {
            wire.MemorySet = memorySet;
        }

        if (model.PidsLimit is { } pidsLimit)
        {
            wire.PidsLimit = pidsLimit;
        }

        return wire;
    }

    /// <summary>Limits; none where the sender left them out.</summary>
    public static ContainerResources ToModel(this Wire.ContainerResources? wire) => wire is null ? new() : new()
    {
        Memory = wire.HasMemory ? wire.Memory : null,
        MemoryReservation = wire.HasMemoryReservation ? wire.MemoryReservation : null,
        MemorySwap = wire.HasMemorySwap ? wire.MemorySwap : null,
        NanoCpus = wire.HasNanoCpus ? wire.NanoCpus : null,
        CpuShares = wire.HasCpuShares ? wire.CpuShares : null,
        CpuPeriod = wire.HasCpuPeriod ? wire.CpuPeriod : null,
        CpuQuota = wire.HasCpuQuota ? wire.CpuQuota : null,
        CpuSet = wire.HasCpuSet ? wire.CpuSet : null,
        MemorySet = wire.HasMemorySet ? wire.MemorySet : null,
        PidsLimit = wire.HasPidsLimit ? wire.PidsLimit : null,
    };
}
