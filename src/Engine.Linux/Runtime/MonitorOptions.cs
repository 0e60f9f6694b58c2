namespace Engine.Linux.Runtime;

/// <summary>How conmon is to look after one container.</summary>
public sealed record MonitorOptions
{
    /// <summary>The container's id and where its traces go.</summary>
    public required MonitorPaths Paths { get; init; }

    /// <summary>The OCI bundle: the directory with config.json. conmon puts its attach socket and control fifos there.</summary>
    public required string Bundle { get; init; }

    /// <summary>The log file, in the format of Kubernetes' CRI; appended to. Its path may hold no colon.</summary>
    public required string LogPath { get; init; }

    /// <summary>The container's process gets a terminal; config.json must say so too.</summary>
    public bool Terminal { get; init; }

    /// <summary>Keep the container's standard input open for clients that attach; else it is empty.</summary>
    public bool OpenInput { get; init; }

    /// <summary>The command, for the message when it cannot be run.</summary>
    public string? Command { get; init; }
}
