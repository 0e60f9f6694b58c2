using System.Text.Json.Serialization;

namespace Engine.Linux.Runtime;

/// <summary>A container's state as the OCI runtime specification words it ("State").</summary>
/// <param name="Id">The container.</param>
/// <param name="Status"><c>creating</c>, <c>created</c>, <c>running</c>, <c>stopped</c>, or what the runtime adds (<c>paused</c>).</param>
/// <param name="Pid">The first process; 0 when there is none.</param>
/// <param name="Bundle">Its bundle.</param>
public sealed record OciContainerState(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("bundle")] string Bundle);
