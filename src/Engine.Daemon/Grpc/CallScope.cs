using System.Collections;
using Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>What every log line of a call carries: the method, and the container or image that it names.</summary>
internal sealed class CallScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _values;
    private readonly string _text;

    /// <summary>The scope of a call.</summary>
    /// <param name="method">The full name of the method.</param>
    /// <param name="request">The request; null where there is a stream of them.</param>
    public CallScope(string method, object? request)
    {
        _values = [new("Method", method)];
        _text = method;
        if (ImageOf(request) is { Length: > 0 } image)
        {
            _values.Add(new("Image", image));
            _text = $"{method} {image}";
        }

        if (ContainerOf(request) is { Length: > 0 } container)
        {
            _values.Add(new("Container", container));
            _text = $"{method} {container}";
        }
    }

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static string? ImageOf(object? request) => request switch
    {
        PullImageRequest pull => pull.Reference,
        PushImageRequest push => push.Reference,
        ListTagsRequest list => list.Repository,
        GetManifestRequest get => get.Reference,
        PushManifestListRequest push => push.Reference,
        _ => null,
    };

    private static string? ContainerOf(object? request) => request switch
    {
        StartContainerRequest start => start.Container,
        StopContainerRequest stop => stop.Container,
        RestartContainerRequest restart => restart.Container,
        SignalContainerRequest signal => signal.Container,
        PauseContainerRequest pause => pause.Container,
        ResumeContainerRequest resume => resume.Container,
        RenameContainerRequest rename => rename.Container,
        RemoveContainerRequest remove => remove.Container,
        WaitContainerRequest wait => wait.Container,
        GetContainerRequest get => get.Container,
        ReadContainerLogRequest read => read.Container,
        ExportContainerRequest export => export.Container,
        CommitContainerRequest commit => commit.Container,
        _ => null,
    };
}
