using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Imports, their progress, and removals.</summary>
public static class ImageWorkMapping
{
    /// <summary>The header of an import.</summary>
    /// <param name="model">What to make of the archive.</param>
    /// <param name="length">The archive's length in bytes, where it is known.</param>
    public static Wire.ImportImageHeader ToWire(this ImageImport model, long? length = null)
    {
        var wire = new Wire.ImportImageHeader
        {
            References = { model.References },
            Changes = { model.Changes },
            Message = model.Message,
        };
        if (model.Platform is { } platform)
        {
            wire.Platform = platform;
        }

        if (length is { } bytes)
        {
            wire.Length = bytes;
        }

        return wire;
    }

    /// <summary>What to make of an archive. Its length is not among it: it is for progress only.</summary>
    public static ImageImport ToModel(this Wire.ImportImageHeader wire) => new()
    {
        References = wire.References.ToModel(),
        Changes = wire.Changes.ToModel(),
        Message = wire.Message,
        Platform = wire.HasPlatform ? wire.Platform : null,
    };

    /// <summary>Progress for the wire.</summary>
    public static Wire.ImageProgress ToWire(this ImageProgress model)
    {
        var wire = new Wire.ImageProgress { Item = model.Item, Activity = model.Activity, Current = model.Current };
        if (model.Total is { } total)
        {
            wire.Total = total;
        }

        return wire;
    }

    /// <summary>Progress.</summary>
    public static ImageProgress ToModel(this Wire.ImageProgress wire) =>
        new(wire.Item, wire.Activity, wire.Current, wire.HasTotal ? wire.Total : null);

    /// <summary>What a removal came to, for the wire.</summary>
    public static Wire.RemoveImageResponse ToWire(this ImageRemoval model) => new()
    {
        Untagged = { model.Untagged },
        Deleted = { model.Deleted },
        SpaceReclaimed = model.SpaceReclaimed,
    };

    /// <summary>What a removal came to.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    public static ImageRemoval ToModel(this Wire.RemoveImageResponse wire, EngineConnection? engine = null) => new()
    {
        Untagged = wire.Untagged.ToModel(),
        Deleted = wire.Deleted.ToModel(),
        SpaceReclaimed = wire.SpaceReclaimed,
        Engine = engine,
    };
}
