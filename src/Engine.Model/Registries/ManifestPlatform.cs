namespace Engine;

/// <summary>The platform that an index says one of its manifests is for (OCI image-spec, image-index.md).</summary>
public sealed record ManifestPlatform
{
    /// <summary>The operating system; empty for what the image says.</summary>
    public string Os { get; init; } = "";

    /// <summary>The architecture; empty for what the image says.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The architecture's variant.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The operating system's version.</summary>
    public string OsVersion { get; init; } = "";

    /// <summary>What the operating system must have.</summary>
    public IReadOnlyList<string> OsFeatures { get; init; } = [];

    /// <summary><c>os/arch[/variant]</c>.</summary>
    public override string ToString() =>
        $"{Os}/{Architecture}" + (Variant.Length == 0 ? "" : "/" + Variant);
}
