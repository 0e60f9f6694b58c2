using Engine.Core;

namespace Engine.Daemon.Configuration;

/// <summary>What engined was told to do: command line, file and defaults in one, checked.</summary>
internal sealed record EngineConfiguration
{
    /// <summary>What the engine's rules depend on.</summary>
    public required EngineOptions Engine { get; init; }

    /// <summary>The paths of the unix sockets to listen on.</summary>
    public required IReadOnlyList<string> Sockets { get; init; }

    /// <summary>The group, by name or number, that may use the sockets.</summary>
    public string Group { get; init; } = Default.Group;

    /// <summary>True when somebody named the group: it must exist then.</summary>
    public bool GroupIsRequired { get; init; }

    /// <summary>The least important lines that are logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How log lines are written.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>The file that the process id is written to, or null.</summary>
    public string? PidFile { get; init; }

    /// <summary>How long running calls may take at the end; infinite for as long as they like.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = Default.ShutdownTimeout;
}
