namespace Engine.Oci.Runtime;

/// <summary>A namespace that is made, or joined.</summary>
public sealed record LinuxNamespace
{
    /// <summary>
    /// <c>pid</c>, <c>network</c>, <c>mount</c>, <c>ipc</c>, <c>uts</c>, <c>user</c>, <c>cgroup</c> or <c>time</c>.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The namespace's file to join; null makes a new one.</summary>
    public string? Path { get; init; }
}
