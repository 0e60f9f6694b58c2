namespace Engine;

/// <summary>A line of a container's output.</summary>
public sealed record ContainerLogLine
{
    /// <summary>When the line's end was read from the container.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Which stream it was written to.</summary>
    public required ContainerStream Stream { get; init; }

    /// <summary>The line, as UTF-8 text, without its newline.</summary>
    public required string Message { get; init; }

    /// <summary>The id of the container that wrote it.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The name of the container that wrote it.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The engine that it came from.</summary>
    public EngineConnection? Engine { get; init; }

    /// <summary>The line.</summary>
    public override string ToString() => Message;
}
