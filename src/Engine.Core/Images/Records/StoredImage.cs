using Engine.Oci;
using Engine.Oci.Documents;
using Engine.Oci.Layers;

namespace Engine.Core.Images.Records;

/// <summary>An image as the database has it.</summary>
internal sealed record StoredImage
{
    private IReadOnlyList<Digest>? _chain;

    /// <summary><c>sha256:</c> and the digest of the configuration.</summary>
    public required string Id { get; init; }

    /// <summary>The digest of the manifest, whose bytes are a blob.</summary>
    public required Digest Manifest { get; init; }

    public required ImageConfig Config { get; init; }

    /// <summary>The bytes of all its unpacked layers.</summary>
    public required long Size { get; init; }

    /// <summary>Of <see cref="Size"/>, the bytes of layers that other images have too.</summary>
    public long SharedSize { get; init; }

    /// <summary>The id of the image that it was made of on this engine, if that is still there.</summary>
    public string? Parent { get; init; }

    /// <summary>True when it was removed by force, and is only there for the containers that still need it.</summary>
    public bool Removed { get; init; }

    /// <summary>In the normal form.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>By digest, in the normal form.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    /// <summary>The chain ids of its layers, the lowest first.</summary>
    public IReadOnlyList<Digest> Chain => _chain ??= ChainId.Compute(Config.RootFs.DiffIds);
}
