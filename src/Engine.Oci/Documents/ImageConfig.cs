using System.Text.Json.Serialization;
using Engine.Oci.Platforms;

namespace Engine.Oci.Documents;

/// <summary>
/// An image's configuration (image-spec, config.md, and Docker's additions). Keys that are not here stay in the
/// document's bytes: an image's configuration is handed on as it came, never written anew.
/// </summary>
public sealed record ImageConfig
{
    /// <summary>When the image was made.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Who made it.</summary>
    public string? Author { get; init; }

    /// <summary>The processor, as Go names it.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The processor's generation.</summary>
    public string? Variant { get; init; }

    /// <summary>The operating system, as Go names it.</summary>
    public string Os { get; init; } = "";

    /// <summary>The system's version (Windows images).</summary>
    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    /// <summary>Features that the system must have (Windows images).</summary>
    [JsonPropertyName("os.features")]
    public IReadOnlyList<string>? OsFeatures { get; init; }

    /// <summary>What a container of this image runs, unless it is told otherwise.</summary>
    public ImageExecution? Config { get; init; }

    /// <summary>The layers, by the digests of their uncompressed tars.</summary>
    [JsonPropertyName("rootfs")]
    public required RootFs RootFs { get; init; }

    /// <summary>How each layer came to be, the oldest first; steps that made no layer are marked so.</summary>
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    /// <summary>
    /// What Docker's older versions wrote about the image; read for the author's comment of imported images.
    /// </summary>
    public string? Comment { get; init; }

    /// <summary>The platform that the image is for.</summary>
    [JsonIgnore]
    public Platform Platform => new()
    {
        Os = Os,
        Architecture = Architecture,
        Variant = Variant,
        OsVersion = OsVersion,
        OsFeatures = OsFeatures,
    };
}
