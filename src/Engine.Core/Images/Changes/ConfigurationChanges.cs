using System.Text.Json;
using Engine.Linux.Processes;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Changes;

/// <summary>
/// Applies instructions of a Dockerfile to the configuration of a root file system: those that change what a container
/// runs and nothing on the disk. They mean what they mean in a Dockerfile, and apply one after the other.
/// </summary>
internal static class ConfigurationChanges
{
    private const string Known =
        "CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME, WORKDIR";

    /// <param name="changes">The instructions.</param>
    /// <param name="start">What is changed; null for a configuration that says nothing.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidChange"/>.</exception>
    public static ImageExecution Apply(IReadOnlyList<string> changes, ImageExecution? start = null)
    {
        var execution = start ?? new ImageExecution();
        var hasCommand = false;
        foreach (var change in changes)
        {
            var changed = Apply(execution, change);
            hasCommand |= changed.Cmd != execution.Cmd;

            // As in a Dockerfile: an entry point drops the command that was there, which was not written for it. A CMD
            // among the same changes was; so the order in which the two are given does not matter.
            execution = changed.Entrypoint != execution.Entrypoint && !hasCommand ? changed with { Cmd = null } : changed;
        }

        return execution;
    }

    private static ImageExecution Apply(ImageExecution execution, string change)
    {
        var line = change.Trim();
        var end = line.AsSpan().IndexOfAny(' ', '\t');
        var instruction = (end < 0 ? line : line[..end]).ToUpperInvariant();
        var rest = end < 0 ? "" : line[end..].Trim();
        if (rest.Length == 0 || rest.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            throw Invalid(change, $"Write one instruction on one line, with its argument: one of {Known}.");
        }

        var words = new InstructionWords(change, rest, execution.Env ?? []);
        return instruction switch
        {
            "CMD" => execution with { Cmd = Command(change, rest) },
            "ENTRYPOINT" => execution with { Entrypoint = Command(change, rest) },
            "ENV" => execution with { Env = WithVariables(execution.Env ?? [], words.Pairs()) },
            "EXPOSE" => execution with { ExposedPorts = Union(execution.ExposedPorts, Ports(change, words)) },
            "HEALTHCHECK" => execution with { Healthcheck = HealthcheckInstruction.Parse(change, rest, line => Words(change, line)) },
            "ONBUILD" => execution with { OnBuild = [.. execution.OnBuild ?? [], Trigger(change, rest)] },
            "LABEL" => execution with { Labels = WithLabels(execution.Labels, words.Pairs()) },
            "STOPSIGNAL" => execution with { StopSignal = StopSignal(change, words.Whole()) },
            "USER" => execution with { User = words.Whole() },
            "VOLUME" => execution with { Volumes = Union(execution.Volumes, Volumes(change, rest, words)) },
            "WORKDIR" => execution with { WorkingDir = WorkingDirectory(change, execution.WorkingDir, words.Whole()) },
            _ => throw Invalid(
                change, $"'{instruction}' cannot be applied to an image that is there already; these can: {Known}."),
        };
    }

    internal static EngineException Invalid(string change, string fault) => new(
        EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidChange,
        $"The change '{change}' is not valid. {fault}", change);

    // Text that is a JSON array of strings is the command itself; anything else is a line for the shell.
    private static IReadOnlyList<string> Command(string change, string rest) =>
        Words(change, rest) ?? ["/bin/sh", "-c", rest];

    private static IReadOnlyList<string>? Words(string change, string rest)
    {
        if (JsonArray(rest) is { } command)
        {
            return command;
        }

        // '[ -f /x ] && …' is a line for the shell. A bracket before a quote, or one that never closes, was meant as
        // JSON: Docker runs that by the shell, which then fails in each container.
        return rest[0] == '[' && (rest.AsSpan(1).TrimStart().StartsWith('"') || !rest.Contains(']'))
            ? throw Invalid(
                change, "It begins like a JSON array, but is none of strings alone: write [\"program\", \"argument\"].")
            : null;
    }

    // What a build of another image runs; it is checked there. These three make no sense then (Dockerfile, ONBUILD).
    private static string Trigger(string change, string rest)
    {
        var end = rest.AsSpan().IndexOfAny(' ', '\t');
        var instruction = (end < 0 ? rest : rest[..end]).ToUpperInvariant();
        return instruction is "FROM" or "MAINTAINER" or "ONBUILD"
            ? throw Invalid(change, $"{instruction} cannot be triggered by a build.")
            : rest;
    }

    private static IReadOnlyList<string>? JsonArray(string rest)
    {
        if (!rest.StartsWith('['))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(rest);
            var items = json.RootElement.EnumerateArray().ToList();
            return items.All(item => item.ValueKind == JsonValueKind.String)
                ? [.. items.Select(item => item.GetString()!)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string> WithVariables(
        IReadOnlyList<string> there, IEnumerable<(string Name, string Value)> pairs)
    {
        var variables = there.ToList();
        foreach (var (name, value) in pairs)
        {
            var index = variables.FindIndex(variable => variable.StartsWith(name + "=", StringComparison.Ordinal));
            if (index < 0)
            {
                variables.Add($"{name}={value}");
            }
            else
            {
                variables[index] = $"{name}={value}";
            }
        }

        return variables;
    }

    private static SortedDictionary<string, string> WithLabels(
        IReadOnlyDictionary<string, string>? there, IEnumerable<(string Name, string Value)> pairs)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in there ?? new Dictionary<string, string>())
        {
            labels[key] = value;
        }

        foreach (var (key, value) in pairs)
        {
            labels[key] = value;
        }

        return labels;
    }

    private static List<string> Union(IReadOnlyList<string>? there, IEnumerable<string> more) =>
        [.. (there ?? []).Union(more, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Ports(string change, InstructionWords words) =>
        words.Words().SelectMany(word => PortSpecification.Expand(change, word));

    private static string StopSignal(string change, string signal) => Signal.TryParse(signal, out _)
        ? signal
        : throw Invalid(change, $"'{signal}' is no signal: give a name such as SIGTERM, or a number from 1 to 64.");

    private static IReadOnlyList<string> Volumes(string change, string rest, InstructionWords words)
    {
        var volumes = JsonArray(rest) ?? [.. words.Words()];
        return volumes.Count > 0 && volumes.All(volume => volume.Trim().Length > 0)
            ? volumes
            : throw Invalid(change, "A volume is a directory's path, and not empty.");
    }

    private static string WorkingDirectory(string change, string? before, string path) => path.Length == 0
        ? throw Invalid(change, "The working directory is empty.")
        : Path.GetFullPath(path, before is { Length: > 0 } ? before : "/");
}
