using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Which containers a list holds.</summary>
public static class ContainerFilterMapping
{
    /// <summary>A filter for the wire.</summary>
    public static Wire.ContainerFilter ToWire(this ContainerFilter model)
    {
        var wire = new Wire.ContainerFilter
        {
            Ids = { model.Ids },
            Names = { model.Names },
            States = { model.States.Select(s => s.ToWire()) },
            Labels = { model.Labels },
            Images = { model.Images },
            ExitCodes = { model.ExitCodes },
            Size = model.Size,
        };
        if (model.Before is { } before)
        {
            wire.Before = before;
        }

        if (model.Since is { } since)
        {
            wire.Since = since;
        }

        if (model.Last is { } last)
        {
            wire.Last = last;
        }

        return wire;
    }

    /// <summary>A filter; one that lets everything through where the sender left it out.</summary>
    /// <exception cref="EngineException">ProtocolMismatch: a state that this version does not know.</exception>
    public static ContainerFilter ToModel(this Wire.ContainerFilter? wire) => wire is null ? new() : new()
    {
        Ids = wire.Ids.ToModel(),
        Names = wire.Names.ToModel(),
        States = [.. wire.States.Select(s => s.ToModel())],
        Labels = wire.Labels.ToModel(),
        Images = wire.Images.ToModel(),
        ExitCodes = wire.ExitCodes.ToModel(),
        Before = wire.HasBefore ? wire.Before : null,
        Since = wire.HasSince ? wire.Since : null,
        Last = wire.HasLast ? wire.Last : null,
        Size = wire.Size,
    };
}
