using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Engine.Oci.Platforms;

/// <summary>
/// The system that an image is for (image-spec, image-index.md, "platform"). As read from a document it is as written
/// there; <see cref="Normalized"/> brings the many spellings to one.
/// </summary>
public sealed record Platform
{
    /// <summary>The operating system, as Go names it: <c>linux</c>.</summary>
    [JsonPropertyName("os")]
    public string Os { get; init; } = "";

    /// <summary>The processor, as Go names it: <c>amd64</c>, <c>arm64</c>, <c>arm</c>.</summary>
    [JsonPropertyName("architecture")]
    public string Architecture { get; init; } = "";

    /// <summary>The processor's generation: <c>v7</c>, <c>v8</c>; null or empty where there is only one.</summary>
    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    /// <summary>The system's version (Windows images).</summary>
    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    /// <summary>Features that the system must have (Windows images).</summary>
    [JsonPropertyName("os.features")]
    public IReadOnlyList<string>? OsFeatures { get; init; }

    /// <summary>This machine's platform, with the processor's generation where images are made for several.</summary>
    [JsonIgnore]
    public static Platform Host { get; } = HostPlatform.Detect();

    /// <summary>
    /// The same platform with usual spellings brought to one: x86_64 is amd64, aarch64 is arm64, armhf is arm/v7.
    /// </summary>
    [JsonIgnore]
    public Platform Normalized => PlatformSpelling.Normalize(this);

    /// <summary>
    /// Reads <c>os[(version)]/arch[/variant]</c>, or one word that is either; what is not said is the host's.
    /// </summary>
    /// <param name="text">For example <c>linux/arm64</c>, <c>linux/arm/v7</c>, <c>amd64</c>.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidPlatform"/>.</exception>
    public static Platform Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out Platform? platform)
            ? platform
            : throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidPlatform,
                $"'{Shown.Text(text)}' is not a platform: write it as os/architecture or os/architecture/variant, "
                + "for example linux/amd64 or linux/arm/v7.",
                Shown.Text(text));
    }

    /// <summary>Reads a platform, and answers false when the text is none.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="platform">The platform, in its usual spelling.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Platform? platform) =>
        PlatformParser.TryParse(text, Host, out platform);

    /// <inheritdoc/>
    public bool Equals(Platform? other) =>
        other is not null && Os == other.Os && Architecture == other.Architecture
        && (Variant ?? "") == (other.Variant ?? "") && (OsVersion ?? "") == (other.OsVersion ?? "")
        && (OsFeatures ?? []).SequenceEqual(other.OsFeatures ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Os, Architecture, Variant ?? "", OsVersion ?? "");

    /// <summary>The platform as text, which <see cref="Parse"/> reads: <c>linux/arm/v7</c>.</summary>
    public override string ToString() =>
        Os + (string.IsNullOrEmpty(OsVersion) ? "" : $"({OsVersion})")
        + "/" + Architecture + (string.IsNullOrEmpty(Variant) ? "" : "/" + Variant);
}
