using System.Text.Json.Serialization;

namespace Engine.Oci.Documents;

/// <summary>
/// What a container of an image runs, unless it is told otherwise (image-spec, config.md, "config"; the last four are
/// Docker's). Null means that the image does not say; for the commands an empty list says 'nothing'.
/// </summary>
public sealed record ImageExecution
{
    /// <summary>The user, as <c>name</c>, <c>uid</c>, <c>name:group</c> or <c>uid:gid</c>.</summary>
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary>The ports that are served, as <c>80/tcp</c>.</summary>
    [JsonPropertyName("ExposedPorts")]
    [JsonConverter(typeof(KeySetJsonConverter))]
    public IReadOnlyList<string>? ExposedPorts { get; init; }

    /// <summary>Environment variables, as <c>NAME=value</c>.</summary>
    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The program, with the arguments that always come first.</summary>
    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The arguments, or the program too where there is no entry point.</summary>
    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>The directories that become volumes.</summary>
    [JsonPropertyName("Volumes")]
    [JsonConverter(typeof(KeySetJsonConverter))]
    public IReadOnlyList<string>? Volumes { get; init; }

    /// <summary>The working directory.</summary>
    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    /// <summary>Free keys and values.</summary>
    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The signal that asks the program to end, by name or number.</summary>
    [JsonPropertyName("StopSignal")]
    public string? StopSignal { get; init; }

    /// <summary>How to tell whether the program is well.</summary>
    [JsonPropertyName("Healthcheck")]
    public ImageHealthcheck? Healthcheck { get; init; }

    /// <summary>Build instructions that an image built from this one runs first.</summary>
    [JsonPropertyName("OnBuild")]
    public IReadOnlyList<string>? OnBuild { get; init; }

    /// <summary>The shell of the shell form of commands.</summary>
    [JsonPropertyName("Shell")]
    public IReadOnlyList<string>? Shell { get; init; }

    /// <summary>Whether the command is one escaped line already (Windows images).</summary>
    [JsonPropertyName("ArgsEscaped")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ArgsEscaped { get; init; }
}
