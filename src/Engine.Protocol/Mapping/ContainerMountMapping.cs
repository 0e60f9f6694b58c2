using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Mounts.</summary>
public static class ContainerMountMapping
{
    /// <summary>A mount for the wire.</summary>
    public static Wire.ContainerMount ToWire(this ContainerMount model)
    {
        var wire = new Wire.ContainerMount
        {
            Type = model.Type.ToWire(),
            Target = model.Target,
            ReadOnly = model.ReadOnly,
            Propagation = model.Propagation.ToWire(),
            NonRecursive = model.NonRecursive,
            CreateSource = model.CreateSource,
            TmpfsOptions = { model.TmpfsOptions },
        };
        if (model.Source is { } source)
        {
            wire.Source = source;
        }

        if (model.TmpfsSize is { } size)
        {
            wire.TmpfsSize = size;
        }

        if (model.TmpfsMode is { } mode)
        {
            wire.TmpfsMode = mode;
        }

        return wire;
    }

    /// <summary>A mount.</summary>
    /// <exception cref="EngineException">ProtocolMismatch.</exception>
    public static ContainerMount ToModel(this Wire.ContainerMount wire) => new()
    {
        Type = wire.Type.ToModel(),
        Source = wire.HasSource ? wire.Source : null,
        Target = wire.Target,
        ReadOnly = wire.ReadOnly,
        Propagation = wire.Propagation.ToModel(),
        NonRecursive = wire.NonRecursive,
        CreateSource = wire.CreateSource,
        TmpfsSize = wire.HasTmpfsSize ? wire.TmpfsSize : null,
        TmpfsMode = wire.HasTmpfsMode ? wire.TmpfsMode : null,
        TmpfsOptions = wire.TmpfsOptions.ToModel(),
    };
}
