namespace Engine;

/// <summary>Which part of a container's log is wanted.</summary>
public sealed record ContainerLogQuery
{
    /// <summary>Only the last so many lines; null for all, 0 for none of those that are there.</summary>
    public int? Tail { get; init; }

    /// <summary>True to go on with what the container writes, until it has ended and all is read.</summary>
    public bool Follow { get; init; }

    /// <summary>Only lines of these streams; empty for both.</summary>
    public IReadOnlyList<ContainerStream> Streams { get; init; } = [];

    /// <summary>Only lines at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only lines at or before this time.</summary>
    public DateTimeOffset? Until { get; init; }
}
