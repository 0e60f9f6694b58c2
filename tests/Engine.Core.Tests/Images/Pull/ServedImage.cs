using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Images.Pull;

/// <summary>An image that a registry serves.</summary>
/// <param name="Digest">The manifest's digest.</param>
/// <param name="Config">The configuration's digest, which is the image's id.</param>
/// <param name="Layers">The layers' digests as they are served, the lowest first.</param>
/// <param name="Size">The manifest's bytes.</param>
internal sealed record ServedImage(string Digest, string Config, IReadOnlyList<string> Layers, long Size)
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    /// <summary>Adds an image to a registry.</summary>
    public static ServedImage Add(FaultyRegistry registry, string repository, string? tag, params byte[][] layers) =>
        Add(registry, repository, tag, layers, null, null);

    /// <summary>Adds an image, after a test has spoiled what it likes of it.</summary>
    public static ServedImage Add(
        FaultyRegistry registry, string repository, string? tag, byte[][] layers, Action<JsonObject>? config,
        Action<JsonObject>? manifest, string platform = "linux/amd64")
    {
        var parts = platform.Split('/');
        var configuration = new JsonObject
        {
            ["os"] = parts[0],
            ["architecture"] = parts[1],
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray("sh") },
            ["rootfs"] = new JsonObject
            {
                ["type"] = "layers",
                ["diff_ids"] = new JsonArray([.. layers.Select(layer => JsonValue.Create(LayoutBuilder.Digest(layer)))]),
            },
        };
        config?.Invoke(configuration);
        var blobs = layers.Select(Compress).ToList();
        var document = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Blob(
                registry, repository, Bytes(configuration), "application/vnd.oci.image.config.v1+json"),
            ["layers"] = new JsonArray([.. blobs.Select(
                blob => Blob(registry, repository, blob, "application/vnd.oci.image.layer.v1.tar+gzip"))]),
        };
        manifest?.Invoke(document);
        var raw = Bytes(document);
        return new ServedImage(
            registry.AddManifest(repository, tag, ManifestType, raw),
            LayoutBuilder.Digest(Bytes(configuration)), [.. blobs.Select(LayoutBuilder.Digest)], raw.Length);
    }

    /// <summary>Adds an index, and gives its digest.</summary>
    public static string AddIndex(FaultyRegistry registry, string repository, string? tag, params JsonObject[] entries) =>
        registry.AddManifest(repository, tag, IndexType, Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = IndexType,
            ["manifests"] = new JsonArray([.. entries]),
        }));

    /// <summary>How an index lists something.</summary>
    public static JsonObject Entry(string digest, string? platform, string type = ManifestType, long size = 1000)
    {
        var entry = new JsonObject { ["mediaType"] = type, ["digest"] = digest, ["size"] = size };
        if (platform?.Split('/') is { } parts)
        {
            entry["platform"] = new JsonObject { ["os"] = parts[0], ["architecture"] = parts[1] };
        }

        return entry;
    }

    public static byte[] Compress(byte[] layer)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(layer);
        }

        return compressed.ToArray();
    }

    private static JsonObject Blob(FaultyRegistry registry, string repository, byte[] content, string type) => new()
    {
        ["mediaType"] = type,
        ["digest"] = registry.AddBlob(repository, content),
        ["size"] = content.Length,
    };

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
