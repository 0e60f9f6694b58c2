using System.Text.Json.Serialization;

namespace Engine.Linux.Runtime;

/// <summary>The line that conmon writes to its sync pipe once the runtime has made the container, or could not.</summary>
/// <param name="Data">The container's process, or a negative number.</param>
/// <param name="Message">What the runtime wrote to standard error, when it failed.</param>
internal sealed record MonitorReport([property: JsonPropertyName("data")] int Data, [property: JsonPropertyName("message")] string? Message);
