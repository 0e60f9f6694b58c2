using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>Serialises what runtimes read: config.json, a process for exec, resources for update.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuntimeSpec))]
[JsonSerializable(typeof(RuntimeProcess))]
[JsonSerializable(typeof(LinuxResources))]
[JsonSerializable(typeof(SeccompProfile))]
public sealed partial class RuntimeJsonContext : JsonSerializerContext;
