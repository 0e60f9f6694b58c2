using System.Text.Json.Serialization;

namespace Engine.Oci.Documents;

/// <summary>One step of how an image was made.</summary>
public sealed record HistoryEntry
{
    /// <summary>When the step was done.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The command of the step.</summary>
    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    /// <summary>Who did it.</summary>
    public string? Author { get; init; }

    /// <summary>A remark.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether the step made no layer: it changed the configuration alone.</summary>
    [JsonPropertyName("empty_layer")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EmptyLayer { get; init; }
}
