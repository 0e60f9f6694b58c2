using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Images.</summary>
public static class ImageMapping
{
    /// <summary>An image for the wire. Which engine it came from does not travel.</summary>
    public static Wire.Image ToWire(this ContainerImage model)
    {
        var wire = new Wire.Image
        {
            Id = model.Id,
            References = { model.References },
            Digests = { model.Digests },
            CreatedAt = model.CreatedAt.ToWire(),
            Size = model.Size,
            Os = model.Os,
            Architecture = model.Architecture,
            Variant = model.Variant,
            Layers = { model.Layers },
            Configuration = model.Configuration.ToWire(),
            Author = model.Author,
            Comment = model.Comment,
            Containers = model.Containers,
            SharedSize = model.SharedSize,
            ManifestDigest = model.ManifestDigest,
        };
        if (model.Parent is not null)
        {
            wire.Parent = model.Parent;
        }

        return wire;
    }

    /// <summary>An image.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    /// <exception cref="EngineException">InvalidMessage.</exception>
    public static ContainerImage ToModel(this Wire.Image wire, EngineConnection? engine = null) => new()
    {
        Id = wire.Id,
        References = wire.References.ToModel(),
        Digests = wire.Digests.ToModel(),
        CreatedAt = wire.CreatedAt.ToOptionalModel(),
        Size = wire.Size,
        Os = wire.Os,
        Architecture = wire.Architecture,
        Variant = wire.Variant,
        Layers = wire.Layers.ToModel(),
        Configuration = wire.Configuration.ToModel(),
        Author = wire.Author,
        Comment = wire.Comment,
        Containers = wire.Containers,
        SharedSize = wire.SharedSize,
        ManifestDigest = wire.ManifestDigest,
        Parent = wire.HasParent ? wire.Parent : null,
        Engine = engine,
    };

    /// <summary>What containers of an image start with, for the wire.</summary>
    public static Wire.ImageConfiguration ToWire(this ImageConfiguration model)
    {
        var wire = new Wire.ImageConfiguration
        {
            Entrypoint = { model.Entrypoint },
            Command = { model.Command },
            Environment = { model.Environment },
            User = model.User,
            WorkingDirectory = model.WorkingDirectory,
            ExposedPorts = { model.ExposedPorts },
            Volumes = { model.Volumes },
            StopSignal = model.StopSignal,
        };
        wire.Labels.AddAll(model.Labels);
        return wire;
    }

    /// <summary>What containers of an image start with.</summary>
    public static ImageConfiguration ToModel(this Wire.ImageConfiguration? wire) => wire is null ? new() : new()
    {
        Entrypoint = wire.Entrypoint.ToModel(),
        Command = wire.Command.ToModel(),
        Environment = wire.Environment.ToModel(),
        User = wire.User,
        WorkingDirectory = wire.WorkingDirectory,
        Labels = wire.Labels.ToModel(),
        ExposedPorts = wire.ExposedPorts.ToModel(),
        Volumes = wire.Volumes.ToModel(),
        StopSignal = wire.StopSignal,
    };
}
