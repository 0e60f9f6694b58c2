using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Engine.Testing.Registry;

/// <summary>What a <see cref="FaultyRegistry"/> has, served as the specification says.</summary>
internal sealed class FaultyContent
{
    private readonly ConcurrentDictionary<string, (string Type, byte[] Content)> _paths = [];

    public FaultyContent() => Uploads = new FaultyUploads(this);

    public FaultyUploads Uploads { get; }

    public static string Digest(ReadOnlySpan<byte> content) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    public string AddBlob(string repository, byte[] content)
    {
        string digest = Digest(content);
        _paths[$"/v2/{repository}/blobs/{digest}"] = ("application/octet-stream", content);
        return digest;
    }

    public string AddManifest(string repository, string? tag, string mediaType, byte[] content)
    {
        string digest = Digest(content);
        foreach (string name in new[] { digest, tag }.OfType<string>())
        {
            _paths[$"/v2/{repository}/manifests/{name}"] = (mediaType, content);
        }

        return digest;
    }

    public byte[]? Blob(string repository, string digest) =>
        _paths.TryGetValue($"/v2/{repository}/blobs/{digest}", out var found) ? found.Content : null;

    public FaultyAnswer Answer(ReceivedRequest request) =>
        request.Path == "/v2/" ? FaultyAnswer.Json("{}")
        : request.Path.Contains("/blobs/uploads/", StringComparison.Ordinal) ? Uploads.Answer(request)
        : request.Method == "PUT" ? Put(request)
        : _paths.TryGetValue(request.Path, out var found) ? Get(request, found.Type, found.Content)
        : FaultyAnswer.Error(404, "NOT_FOUND", "not here");

    private FaultyAnswer Put(ReceivedRequest request)
    {
        string[] parts = request.Path.Split("/manifests/");
        string digest = AddManifest(parts[0]["/v2/".Length..], parts[1], request["Content-Type"] ?? "", request.Body.ToArray());
        return FaultyAnswer.Text(201, "", ("Docker-Content-Digest", digest));
    }

    private static FaultyAnswer Get(ReceivedRequest request, string type, byte[] content)
    {
        int from = request["Range"] is { } range
            ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
            : 0;
        (string, string)[] headers = [("Content-Type", type), ("Docker-Content-Digest", Digest(content))];
        return from == 0
            ? new FaultyAnswer { Headers = headers, Body = content }
            : new FaultyAnswer
            {
                Status = from < content.Length ? 206 : 416,
                Headers = [.. headers, ("Content-Range", $"bytes {from}-{content.Length - 1}/{content.Length}")],
                Body = content.AsMemory(Math.Min(from, content.Length)),
            };
    }
}
