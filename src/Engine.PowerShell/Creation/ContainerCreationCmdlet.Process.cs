using System.Management.Automation;

namespace Engine.Commands;

public abstract partial class ContainerCreationCmdlet
{
    /// <summary>The program to run, and its first arguments. An empty string: none, so that the command alone is run.</summary>
    [Parameter]
    [AllowEmptyString]
    public string[]? Entrypoint { get; set; }

    /// <summary>
    /// Environment variables: a hashtable or <c>NAME=value</c>. A bare <c>NAME</c> takes this session's value; a
    /// hashtable's null removes the image's.
    /// </summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Environment { get; set; } = [];

    /// <summary>Files of environment variables, a <c>NAME=value</c> a line; <c>#</c> begins a comment.</summary>
    [Parameter]
    public string[] EnvironmentFile { get; set; } = [];

    /// <summary>Labels: a hashtable, <c>key=value</c> or <c>key</c>.</summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Label { get; set; } = [];

    /// <summary>Files of labels, a <c>key=value</c> a line; <c>#</c> begins a comment.</summary>
    [Parameter]
    public string[] LabelFile { get; set; } = [];

    /// <summary>OCI annotations for the runtime: a hashtable or <c>key=value</c>.</summary>
    [Parameter]
    [KeyValueTransformation]
    public string[] Annotation { get; set; } = [];

    /// <summary>The directory to start in; absolute.</summary>
    [Parameter]
    public string? WorkingDirectory { get; set; }

    /// <summary>The user, and the group: <c>user[:group]</c>, by name (of the image) or number.</summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>Further groups, by name (of the image) or number.</summary>
    [Parameter]
    public string[] Group { get; set; } = [];

    /// <summary>The signal that asks the container to stop: a name or a number. By default the image's, else TERM.</summary>
    [Parameter]
    [ArgumentCompletions("TERM", "INT", "QUIT", "HUP", "KILL", "USR1", "USR2")]
    public string? StopSignal { get; set; }

    /// <summary>How long a stop waits before it kills: seconds, <c>1m30s</c> or a TimeSpan; -1 for ever. By default 10 s.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan? StopTimeout { get; set; }

    /// <summary>Runs a small init as process 1, which reaps zombies and forwards signals.</summary>
    [Parameter]
    public SwitchParameter Init { get; set; }

    private ContainerConfiguration ConfigureProcess(ContainerConfiguration configuration) => configuration with
    {
        // docker's --entrypoint "" takes the image's away; as an argument it could only be an empty program name.
        Entrypoint = Entrypoint is [""] ? [] : Entrypoint,
        // Files first: what is on the line wins over them.
        Environment = [.. Lines(nameof(EnvironmentFile), EnvironmentFile).Concat(Environment).Select(FromSession)],
        Labels = Pairs(nameof(Label), Lines(nameof(LabelFile), LabelFile).Concat(Label)),
        Annotations = Pairs(nameof(Annotation), Annotation),
        WorkingDirectory = WorkingDirectory,
        User = User,
        Groups = Group,
        StopSignal = StopSignal,
        StopTimeout = StopTimeout,
        Init = Init.IsPresent ? Init.ToBool() : null,
    };

    private IEnumerable<string> Lines(string parameter, string[] paths)
    {
        foreach (string path in paths)
        {
            foreach (string line in File.ReadLines(GetUnresolvedProviderPathFromPSPath(path)).Select(l => l.TrimStart()))
            {
                if (line.StartsWith('='))
                {
                    throw Malformed(parameter, path, $"the line '{line}' has no name before its '='");
                }

                if (line.Length > 0 && line[0] != '#')
                {
                    yield return line;
                }
            }
        }
    }

    private static Dictionary<string, string> Pairs(string parameter, IEnumerable<string> texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            string[] parts = text.Split('=', 2);
            if (parts[0].Length == 0)
            {
                throw Malformed(parameter, text, "it has no key before its '='");
            }

            pairs[parts[0]] = parts.Length == 2 ? parts[1] : "";
        }

        return pairs;
    }

    private static string FromSession(string variable) =>
        !variable.Contains('=', StringComparison.Ordinal)
            && System.Environment.GetEnvironmentVariable(variable) is { } value
                ? $"{variable}={value}"
                : variable;
}
