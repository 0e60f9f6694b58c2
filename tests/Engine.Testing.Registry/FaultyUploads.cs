using System.Collections.Concurrent;

namespace Engine.Testing.Registry;

/// <summary>Uploads to a <see cref="FaultyRegistry"/>.</summary>
internal sealed class FaultyUploads(FaultyContent content)
{
    private readonly ConcurrentDictionary<string, byte[]> _open = [];
    private int _count;

    public int? ChunkMinLength { get; set; }

    public bool TakesSinglePost { get; set; }

    /// <summary>Keeps what came of a chunk that was cut off.</summary>
    public void Keep(ReceivedRequest request)
    {
        if (_open.TryGetValue(request.Path, out byte[]? before))
        {
            _open[request.Path] = [.. before, .. request.Body.Span];
        }
    }

    public FaultyAnswer Answer(ReceivedRequest request)
    {
        string repository = request.Path["/v2/".Length..request.Path.IndexOf("/blobs/", StringComparison.Ordinal)];
        string? digest = Argument(request, "digest");
        if (request.Method == "POST")
        {
            return Argument(request, "mount") is { } mounted
                && content.Blob(Argument(request, "from") ?? "", mounted) is { } blob
                ? Created(content.AddBlob(repository, blob))
                : digest is not null && TakesSinglePost ? Commit(repository, request.Body.ToArray(), digest) : Open(repository);
        }

        if (!_open.TryGetValue(request.Path, out byte[]? before))
        {
            return FaultyAnswer.Error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
        }

        switch (request.Method)
        {
            case "GET":
                return State(204, request.Path, before.Length);
            case "PATCH"
                when request["Content-Range"] is { } range
                && !range.StartsWith($"{before.Length}-", StringComparison.Ordinal):
                return State(416, request.Path, before.Length);
            case "PATCH":
                Keep(request);
                return State(202, request.Path, _open[request.Path].Length);
            case "PUT":
                _open.TryRemove(request.Path, out _);
                return Commit(repository, [.. before, .. request.Body.Span], digest ?? "");
            default:
                _open.TryRemove(request.Path, out _);
                return FaultyAnswer.Text(204, "");
        }
    }

    private static string? Argument(ReceivedRequest request, string name) =>
        request.Query.Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name)
            .Select(pair => Uri.UnescapeDataString(pair[1])).FirstOrDefault();

    private static FaultyAnswer Created(string digest) =>
        FaultyAnswer.Text(201, "", ("Docker-Content-Digest", digest), ("Location", "/there"));

    // With a query that has to come back as it is.
    private static FaultyAnswer State(int status, string path, int length) =>
        FaultyAnswer.Text(status, "", ("Location", $"{path}?_state=a%2Fb%3D{length}"),
        ("Range", $"0-{Math.Max(length - 1, 0)}"));

    private FaultyAnswer Open(string repository)
    {
        string path = $"/v2/{repository}/blobs/uploads/{Interlocked.Increment(ref _count)}";
        _open[path] = [];
        FaultyAnswer opened = State(202, path, 0);
        return ChunkMinLength is { } least
            ? opened with { Headers = [.. opened.Headers, ("OCI-Chunk-Min-Length", $"{least}")] }
            : opened;
    }

    private FaultyAnswer Commit(string repository, byte[] blob, string digest) =>
        FaultyContent.Digest(blob) == digest
            ? Created(content.AddBlob(repository, blob))
            : FaultyAnswer.Error(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
}
