using System.Text.Json.Serialization;

namespace Engine.Oci.Documents;

/// <summary>
/// How to tell whether a container's program is well (Docker's addition). Times are in nanoseconds; 0 means the
/// default.
/// </summary>
public sealed record ImageHealthcheck
{
    /// <summary>
    /// Empty: inherit; <c>NONE</c>: no check; <c>CMD</c> and arguments; <c>CMD-SHELL</c> and one line.
    /// </summary>
    [JsonPropertyName("Test")]
    public IReadOnlyList<string>? Test { get; init; }

    /// <summary>Nanoseconds between two checks.</summary>
    [JsonPropertyName("Interval")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Interval { get; init; }

    /// <summary>Nanoseconds after which a check counts as failed.</summary>
    [JsonPropertyName("Timeout")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Timeout { get; init; }

    /// <summary>Nanoseconds after the start in which failures do not count.</summary>
    [JsonPropertyName("StartPeriod")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long StartPeriod { get; init; }

    /// <summary>Nanoseconds between two checks during the start period.</summary>
    [JsonPropertyName("StartInterval")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long StartInterval { get; init; }

    /// <summary>How many failures in a row make the container unhealthy.</summary>
    [JsonPropertyName("Retries")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Retries { get; init; }
}
