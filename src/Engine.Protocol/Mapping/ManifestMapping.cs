using Google.Protobuf;
using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Manifests and indexes as a registry has them.</summary>
public static class ManifestMapping
{
    /// <summary>A manifest with all below it, for the wire. Which engine asked does not travel.</summary>
    /// <remarks>The bytes are not copied: they must not change until the message has been sent.</remarks>
    public static Wire.RegistryManifest ToWire(this ManifestDescriptor model)
    {
        var wire = new Wire.RegistryManifest
        {
            Reference = model.Reference,
            MediaType = model.MediaType,
            Digest = model.Digest,
            Size = model.Size,
            Raw = UnsafeByteOperations.UnsafeWrap(model.Raw),
            Platform = model.Platform?.ToWire(),
            Manifests = { model.Manifests.Select(m => m.ToWire()) },
            Contents = { model.Contents.Select(c => c.ToWire()) },
        };
        wire.Annotations.AddAll(model.Annotations);
        return wire;
    }

    /// <summary>A manifest with all below it.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    public static ManifestDescriptor ToModel(this Wire.RegistryManifest wire, EngineConnection? engine = null) => new()
    {
        Reference = wire.Reference,
        MediaType = wire.MediaType,
        Digest = wire.Digest,
        Size = wire.Size,
        Raw = wire.Raw.Memory,
        Platform = wire.Platform?.ToModel(),
        Manifests = [.. wire.Manifests.Select(m => m.ToModel(engine))],
        Contents = [.. wire.Contents.Select(c => c.ToModel())],
        Annotations = wire.Annotations.ToModel(),
        Engine = engine,
    };

    /// <summary>What a manifest refers to, for the wire.</summary>
    public static Wire.ManifestContent ToWire(this ManifestContent model) =>
        new() { MediaType = model.MediaType, Digest = model.Digest, Size = model.Size };

    /// <summary>What a manifest refers to.</summary>
    public static ManifestContent ToModel(this Wire.ManifestContent wire) =>
        new() { MediaType = wire.MediaType, Digest = wire.Digest, Size = wire.Size };

    /// <summary>A platform for the wire.</summary>
    public static Wire.ManifestPlatform ToWire(this ManifestPlatform model) => new()
    {
        Os = model.Os,
        Architecture = model.Architecture,
        Variant = model.Variant,
        OsVersion = model.OsVersion,
        OsFeatures = { model.OsFeatures },
    };

    /// <summary>A platform.</summary>
    public static ManifestPlatform ToModel(this Wire.ManifestPlatform wire) => new()
    {
        Os = wire.Os,
        Architecture = wire.Architecture,
        Variant = wire.Variant,
        OsVersion = wire.OsVersion,
        OsFeatures = wire.OsFeatures.ToModel(),
    };
}
