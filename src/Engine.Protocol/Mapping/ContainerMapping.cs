using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Containers as they are listed and inspected.</summary>
public static class ContainerMapping
{
    /// <summary>A container for the wire. Which engine it came from does not travel.</summary>
    public static Wire.Container ToWire(this Container model)
    {
        var wire = new Wire.Container
        {
            Id = model.Id,
            Name = model.Name,
            Image = model.Image,
            ImageId = model.ImageId,
            State = model.State.ToWire(),
            Status = model.Status,
            Error = model.Error,
            OomKilled = model.OomKilled,
            CreatedAt = model.CreatedAt.ToWire(),
            StartedAt = model.StartedAt.ToWire(),
            FinishedAt = model.FinishedAt.ToWire(),
            RestartCount = model.RestartCount,
            Command = { model.Command },
            Configuration = model.Configuration.ToWire(),
            Driver = model.Driver,
        };
        if (model.ExitCode is { } exitCode)
        {
            wire.ExitCode = exitCode;
        }

        if (model.Pid is { } pid)
        {
            wire.Pid = pid;
        }

        if (model.SizeRw is { } sizeRw)
        {
            wire.SizeRw = sizeRw;
        }

        if (model.SizeRootFs is { } sizeRootFs)
        {
            wire.SizeRootFs = sizeRootFs;
        }

        return wire;
    }

    /// <summary>A container.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    /// <exception cref="EngineException">ProtocolMismatch, InvalidMessage.</exception>
    public static Container ToModel(this Wire.Container wire, EngineConnection? engine = null) => new()
    {
        Id = wire.Id,
        Name = wire.Name,
        Image = wire.Image,
        ImageId = wire.ImageId,
        State = wire.State.ToModel(),
        Status = wire.Status,
        ExitCode = wire.HasExitCode ? wire.ExitCode : null,
        Error = wire.Error,
        OomKilled = wire.OomKilled,
        Pid = wire.HasPid ? wire.Pid : null,
        CreatedAt = wire.CreatedAt.ToModel(),
        StartedAt = wire.StartedAt.ToOptionalModel(),
        FinishedAt = wire.FinishedAt.ToOptionalModel(),
        RestartCount = wire.RestartCount,
        Command = wire.Command.ToModel(),
        Configuration = wire.Configuration.ToModel(),
        Driver = wire.Driver,
        SizeRw = wire.HasSizeRw ? wire.SizeRw : null,
        SizeRootFs = wire.HasSizeRootFs ? wire.SizeRootFs : null,
        Engine = engine,
    };

    /// <summary>How a wait ended, for the wire.</summary>
    public static Wire.WaitContainerResponse ToWire(this ContainerExit model) => new()
    {
        ContainerId = model.ContainerId,
        ContainerName = model.ContainerName,
        ExitCode = model.ExitCode,
        Error = model.Error,
    };

    /// <summary>How a wait ended.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    public static ContainerExit ToModel(this Wire.WaitContainerResponse wire, EngineConnection? engine = null) => new()
    {
        ContainerId = wire.ContainerId,
        ContainerName = wire.ContainerName,
        ExitCode = wire.ExitCode,
        Error = wire.Error,
        Engine = engine,
    };
}
