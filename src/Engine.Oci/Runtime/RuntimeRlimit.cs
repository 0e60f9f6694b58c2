namespace Engine.Oci.Runtime;

/// <summary>A resource limit (getrlimit(2)).</summary>
public sealed record RuntimeRlimit
{
    /// <summary>The limit, as <c>RLIMIT_NOFILE</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What is in force; <see cref="ulong.MaxValue"/> is none.</summary>
    public ulong Soft { get; init; }

    /// <summary>How far the process may raise it.</summary>
    public ulong Hard { get; init; }
}
