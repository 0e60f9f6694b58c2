namespace Engine;

/// <summary>An image that the engine has.</summary>
public sealed record ContainerImage
{
    /// <summary>The id: <c>sha256:</c> and the digest of the image's configuration.</summary>
    public required string Id { get; init; }

    /// <summary>The references that name it, in the short form (<c>busybox:latest</c>); empty when none does.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The references by digest under which a registry served it.</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];

    /// <summary>The repository of the first reference, or null.</summary>
    public string? Repository => References.Count == 0 ? null : References[0][..TagSeparator(References[0])];

    /// <summary>The tag of the first reference, or null.</summary>
    public string? Tag => References.Count == 0 || TagSeparator(References[0]) == References[0].Length
        ? null
        : References[0][(TagSeparator(References[0]) + 1)..];

    /// <summary>When it was made, as the image itself says; null when it does not.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The bytes of its unpacked layers, those that it shares with other images included.</summary>
    public long Size { get; init; }

    /// <summary>The operating system: <c>linux</c>.</summary>
    public string Os { get; init; } = "linux";

    /// <summary>The processor architecture by Go's names: <c>amd64</c>, <c>arm64</c> …</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The variant of the architecture, such as <c>v8</c>; empty when there is none.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The digests of the uncompressed layers, the lowest first.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>What containers of this image start with.</summary>
    public ImageConfiguration Configuration { get; init; } = new();

    /// <summary>Who made it, as the image itself says.</summary>
    public string Author { get; init; } = "";

    /// <summary>What its maker said of it.</summary>
    public string Comment { get; init; } = "";

    /// <summary>How many containers were made of it and are still there.</summary>
    public int Containers { get; init; }

    /// <summary>Of <see cref="Size"/>, the bytes of layers that other images have too.</summary>
    public long SharedSize { get; init; }

    /// <summary>The digest of its manifest.</summary>
    public string ManifestDigest { get; init; } = "";

    /// <summary>The id of the image that it was made of on this engine, if that is still here; else null.</summary>
    public string? Parent { get; init; }

    /// <summary>The engine that it came from; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }

    /// <summary>The first reference, or the id.</summary>
    public override string ToString() => References.Count == 0 ? Id : References[0];

    // A colon before the last slash belongs to a registry's port. The length, where there is no tag.
    private static int TagSeparator(string reference)
    {
        int colon = reference.LastIndexOf(':');
        return colon > reference.LastIndexOf('/') ? colon : reference.Length;
    }
}
