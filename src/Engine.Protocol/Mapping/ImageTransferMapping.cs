using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>What goes between an engine and a registry.</summary>
public static class ImageTransferMapping
{
    /// <summary>A pull's request.</summary>
    public static Wire.PullImageRequest ToWire(this ImagePull model)
    {
        var wire = new Wire.PullImageRequest
        {
            Reference = model.Reference,
            AllTags = model.AllTags,
            Policy = model.Policy.ToWire(),
            Credential = model.Credential?.ToWire(),
        };
        if (model.Platform is { } platform)
        {
            wire.Platform = platform;
        }

        return wire;
    }

    /// <summary>What a request wants to be pulled.</summary>
    /// <exception cref="EngineException">ProtocolMismatch.</exception>
    public static ImagePull ToModel(this Wire.PullImageRequest wire) => new()
    {
        Reference = wire.Reference,
        Platform = wire.HasPlatform ? wire.Platform : null,
        AllTags = wire.AllTags,
        Policy = wire.Policy.ToModel(),
        Credential = wire.Credential?.ToModel(),
    };

    /// <summary>A push's request.</summary>
    public static Wire.PushImageRequest ToWire(this ImagePush model)
    {
        var wire = new Wire.PushImageRequest
        {
            Reference = model.Reference,
            AllTags = model.AllTags,
            Credential = model.Credential?.ToWire(),
        };
        if (model.Platform is { } platform)
        {
            wire.Platform = platform;
        }

        return wire;
    }

    /// <summary>What a request wants to be pushed.</summary>
    public static ImagePush ToModel(this Wire.PushImageRequest wire) => new()
    {
        Reference = wire.Reference,
        AllTags = wire.AllTags,
        Platform = wire.HasPlatform ? wire.Platform : null,
        Credential = wire.Credential?.ToModel(),
    };

    /// <summary>What a push came to, for the wire. Which engine pushed does not travel.</summary>
    public static Wire.PushedImage ToWire(this PushResult model) =>
        new() { Reference = model.Reference, Digest = model.Digest, Size = model.Size };

    /// <summary>What a push came to.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    public static PushResult ToModel(this Wire.PushedImage wire, EngineConnection? engine = null) =>
        new() { Reference = wire.Reference, Digest = wire.Digest, Size = wire.Size, Engine = engine };
}
