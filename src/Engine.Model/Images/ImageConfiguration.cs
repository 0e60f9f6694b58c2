namespace Engine;

/// <summary>What containers of an image start with unless they are told otherwise (OCI image-spec, config.md).</summary>
public sealed record ImageConfiguration
{
    /// <summary>The program to run.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>The arguments, or the program where there is no entrypoint.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Environment variables as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary><c>user[:group]</c>; empty for root.</summary>
    public string User { get; init; } = "";

    /// <summary>The directory to start in; empty for the root.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyDictionary.OfStrings;

    /// <summary>Ports that the program listens on, as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>Directories that are meant to be volumes.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>The signal that asks the program to stop; empty for SIGTERM.</summary>
    public string StopSignal { get; init; } = "";
}
