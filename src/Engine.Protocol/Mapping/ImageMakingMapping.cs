using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Images made of containers, the steps that images were made in, and archives made of images.</summary>
public static class ImageMakingMapping
{
    /// <summary>A commit's request.</summary>
    public static Wire.CommitContainerRequest ToWire(this ImageCommit model)
    {
        var wire = new Wire.CommitContainerRequest
        {
            Container = model.Container,
            Author = model.Author,
            Message = model.Message,
            Changes = { model.Changes },
            NoPause = !model.Pause,
        };
        if (model.Reference is { } reference)
        {
            wire.Reference = reference;
        }

        return wire;
    }

    /// <summary>What a request wants an image to be made of.</summary>
    public static ImageCommit ToModel(this Wire.CommitContainerRequest wire) => new()
    {
        Container = wire.Container,
        Reference = wire.HasReference ? wire.Reference : null,
        Author = wire.Author,
        Message = wire.Message,
        Changes = wire.Changes.ToModel(),
        Pause = !wire.NoPause,
    };

    /// <summary>A step for the wire. Which engine it came from does not travel.</summary>
    public static Wire.ImageHistoryEntry ToWire(this ImageHistoryEntry model) => new()
    {
        Id = model.Id,
        CreatedAt = model.CreatedAt.ToWire(),
        CreatedBy = model.CreatedBy,
        Size = model.Size,
        Author = model.Author,
        Comment = model.Comment,
        Tags = { model.Tags },
        Layer = model.Layer ?? "",
    };

    /// <summary>A step.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    /// <exception cref="EngineException">InvalidMessage.</exception>
    public static ImageHistoryEntry ToModel(this Wire.ImageHistoryEntry wire, EngineConnection? engine = null) => new()
    {
        Id = wire.Id,
        CreatedAt = wire.CreatedAt.ToOptionalModel(),
        CreatedBy = wire.CreatedBy,
        Size = wire.Size,
        Author = wire.Author,
        Comment = wire.Comment,
        Tags = wire.Tags.ToModel(),
        Layer = wire.Layer.Length == 0 ? null : wire.Layer,
        Engine = engine,
    };

    /// <summary>An export's request.</summary>
    public static Wire.ExportImagesRequest ToWire(this ImageExport model)
    {
        var wire = new Wire.ExportImagesRequest
        {
            Images = { model.Images },
            Format = model.Format.ToWire(),
            Compression = model.Compression.ToWire(),
        };
        if (model.Platform is { } platform)
        {
            wire.Platform = platform;
        }

        return wire;
    }

    /// <summary>What a request wants to be written to an archive.</summary>
    /// <exception cref="EngineException">ProtocolMismatch.</exception>
    public static ImageExport ToModel(this Wire.ExportImagesRequest wire) => new()
    {
        Images = wire.Images.ToModel(),
        Format = wire.Format.ToModel(),
        Compression = wire.Compression.ToModel(),
        Platform = wire.HasPlatform ? wire.Platform : null,
    };
}
