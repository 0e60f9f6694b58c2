namespace Engine;

/// <summary>How a wait for a container ended.</summary>
public sealed record ContainerExit
{
    /// <summary>The container's id.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The container's name.</summary>
    public required string ContainerName { get; init; }

    /// <summary>The exit code, 0 to 255; 0 for a container that has never run.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Why it failed to start or to run, where the engine knows; else empty.</summary>
    public string Error { get; init; } = "";

    /// <summary>The engine that it came from.</summary>
    public EngineConnection? Engine { get; init; }
}
