using System.Text.Json.Serialization;

namespace Engine.Oci.Runtime;

/// <summary>The process that a container, or an exec, runs (runtime-spec, config.md, "Process").</summary>
public sealed record RuntimeProcess
{
    /// <summary>Whether its standard streams are a terminal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Terminal { get; init; }

    /// <summary>The terminal's size at the start.</summary>
    public ConsoleSize? ConsoleSize { get; init; }

    /// <summary>Whom it runs as.</summary>
    public required RuntimeUser User { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Args { get; init; }

    /// <summary>Environment variables, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The working directory, absolute; it is made if it is missing.</summary>
    public required string Cwd { get; init; }

    /// <summary>The capability sets.</summary>
    public LinuxCapabilities? Capabilities { get; init; }

    /// <summary>Resource limits.</summary>
    public IReadOnlyList<RuntimeRlimit>? Rlimits { get; init; }

    /// <summary>Whether set-uid programs and file capabilities give nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NoNewPrivileges { get; init; }

    /// <summary>The AppArmor profile's name.</summary>
    public string? ApparmorProfile { get; init; }

    /// <summary>From -1000 (never killed for memory) to 1000 (killed first).</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>The SELinux label.</summary>
    public string? SelinuxLabel { get; init; }
}
