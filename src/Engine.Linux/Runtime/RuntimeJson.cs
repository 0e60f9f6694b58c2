using System.Text.Json.Serialization;

namespace Engine.Linux.Runtime;

/// <summary>The JSON that crun and conmon write.</summary>
[JsonSerializable(typeof(OciContainerState))]
[JsonSerializable(typeof(MonitorReport))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
