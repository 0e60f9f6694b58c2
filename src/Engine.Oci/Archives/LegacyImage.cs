using System.Text.Json.Serialization;
using Engine.Oci.Documents;

namespace Engine.Oci.Archives;

/// <summary>What the oldest archives say of each layer (Docker image specification v1, <c>json</c>).</summary>
internal sealed record LegacyImage
{
    public string? Parent { get; init; }

    public DateTimeOffset? Created { get; init; }

    public string? Author { get; init; }

    public string? Comment { get; init; }

    public string? Architecture { get; init; }

    public string? Os { get; init; }

    public ImageExecution? Config { get; init; }

    [JsonPropertyName("container_config")]
    public ImageExecution? ContainerConfig { get; init; }
}
