using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Lists of manifests that are to be pushed.</summary>
public static class ManifestListMapping
{
    /// <summary>A push's request.</summary>
    /// <param name="model">The list.</param>
    /// <param name="insecure">Plain HTTP or an unknown certificate will do.</param>
    /// <param name="credential">Who pushes; null for anybody.</param>
    public static Wire.PushManifestListRequest ToWire(
        this ManifestList model, bool insecure = false, RegistryCredential? credential = null) => new()
        {
            Reference = model.Reference,
            Entries = { model.Entries.Select(e => e.ToWire()) },
            DockerFormat = model.DockerFormat,
            Insecure = insecure,
            Credential = credential?.ToWire(),
        };

    /// <summary>The list that a request wants to be pushed.</summary>
    public static ManifestList ToModel(this Wire.PushManifestListRequest wire) => new()
    {
        Reference = wire.Reference,
        Entries = [.. wire.Entries.Select(e => e.ToModel())],
        DockerFormat = wire.DockerFormat,
    };

    /// <summary>An entry for the wire.</summary>
    public static Wire.ManifestListEntry ToWire(this ManifestListEntry model) =>
        new() { Reference = model.Reference, Platform = model.Platform.ToWire() };

    /// <summary>An entry.</summary>
    public static ManifestListEntry ToModel(this Wire.ManifestListEntry wire) =>
        new() { Reference = wire.Reference, Platform = wire.Platform?.ToModel() ?? new() };
}
