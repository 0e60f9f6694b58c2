using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>What an engine is.</summary>
public static class SystemMapping
{
    /// <summary>An engine's description for the wire. The module's version and the connection do not travel.</summary>
    public static Wire.GetInfoResponse ToWire(this EngineInfo model) => new()
    {
        StartedAt = model.StartedAt.ToWire(),
        Runtimes = { model.Runtimes.Select(r => r.ToWire()) },
        SecurityOptions = { model.SecurityOptions },
        Warnings = { model.Warnings },
        Id = model.Id,
        Name = model.Name,
        Version = model.Version,
        ApiVersion = model.ApiVersion,
        KernelVersion = model.KernelVersion,
        OperatingSystem = model.OperatingSystem,
        Architecture = model.Architecture,
        Cpus = model.Cpus,
        Memory = model.Memory,
        CgroupVersion = model.CgroupVersion,
        CgroupDriver = model.CgroupDriver,
        StorageDriver = model.StorageDriver,
        DataRoot = model.DataRoot,
        ExecRoot = model.ExecRoot,
        DefaultRuntime = model.DefaultRuntime,
        MonitorVersion = model.MonitorVersion,
        Containers = model.Containers,
        ContainersRunning = model.ContainersRunning,
        ContainersPaused = model.ContainersPaused,
        ContainersStopped = model.ContainersStopped,
        Images = model.Images,
    };

    /// <summary>An engine's description.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    /// <exception cref="EngineException">InvalidMessage.</exception>
    public static EngineInfo ToModel(this Wire.GetInfoResponse wire, EngineConnection? engine = null) => new()
    {
        StartedAt = wire.StartedAt.ToModel(),
        Runtimes = [.. wire.Runtimes.Select(r => r.ToModel())],
        SecurityOptions = wire.SecurityOptions.ToModel(),
        Warnings = wire.Warnings.ToModel(),
        Engine = engine,
        Id = wire.Id,
        Name = wire.Name,
        Version = wire.Version,
        ApiVersion = wire.ApiVersion,
        KernelVersion = wire.KernelVersion,
        OperatingSystem = wire.OperatingSystem,
        Architecture = wire.Architecture,
        Cpus = wire.Cpus,
        Memory = wire.Memory,
        CgroupVersion = wire.CgroupVersion,
        CgroupDriver = wire.CgroupDriver,
        StorageDriver = wire.StorageDriver,
        DataRoot = wire.DataRoot,
        ExecRoot = wire.ExecRoot,
        DefaultRuntime = wire.DefaultRuntime,
        MonitorVersion = wire.MonitorVersion,
        Containers = wire.Containers,
        ContainersRunning = wire.ContainersRunning,
        ContainersPaused = wire.ContainersPaused,
        ContainersStopped = wire.ContainersStopped,
        Images = wire.Images,
    };

    /// <summary>A runtime for the wire.</summary>
    public static Wire.RuntimeInfo ToWire(this RuntimeInfo model) =>
        new() { Name = model.Name, Path = model.Path, Version = model.Version };

    /// <summary>A runtime.</summary>
    public static RuntimeInfo ToModel(this Wire.RuntimeInfo wire) => new(wire.Name, wire.Path, wire.Version);
}
