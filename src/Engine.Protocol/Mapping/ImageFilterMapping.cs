using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Which images a list holds.</summary>
public static class ImageFilterMapping
{
    /// <summary>A filter for the wire.</summary>
    public static Wire.ImageFilter ToWire(this ImageFilter model)
    {
        var wire = new Wire.ImageFilter
        {
            References = { model.References },
            Ids = { model.Ids },
            Labels = { model.Labels },
        };
        if (model.Dangling is { } dangling)
        {
            wire.Dangling = dangling;
        }

        if (model.Before is { } before)
        {
            wire.Before = before;
        }

        if (model.Since is { } since)
        {
            wire.Since = since;
        }

        return wire;
    }

    /// <summary>A filter; one that lets everything through where the sender left it out.</summary>
    public static ImageFilter ToModel(this Wire.ImageFilter? wire) => wire is null ? new() : new()
    {
        References = wire.References.ToModel(),
        Ids = wire.Ids.ToModel(),
        Labels = wire.Labels.ToModel(),
        Dangling = wire.HasDangling ? wire.Dangling : null,
        Before = wire.HasBefore ? wire.Before : null,
        Since = wire.HasSince ? wire.Since : null,
    };
}
