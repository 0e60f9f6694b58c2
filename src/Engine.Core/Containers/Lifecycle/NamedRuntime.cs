using Engine.Linux.Runtime;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>An OCI runtime, and the name by which containers ask for it.</summary>
internal sealed record NamedRuntime(string Name, OciRuntime Program);
