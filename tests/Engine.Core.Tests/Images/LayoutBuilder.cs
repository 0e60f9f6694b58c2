using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Engine.Core.Tests.Images;

/// <summary>Writes OCI layouts of any layers, for any platforms.</summary>
internal sealed class LayoutBuilder
{
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly JsonArray _manifests = [];

    /// <summary>
    /// The digests of the uncompressed layers that the next image claims to have; null for the true ones.
    /// </summary>
    public IReadOnlyList<string>? ClaimedDiffIds { get; set; }

    public LayoutBuilder Image(string? name, string platform, params byte[][] layers)
    {
        var descriptor = Manifest(platform, layers);
        return List(name, descriptor);
    }

    /// <summary>One name for images of several platforms: an index in the index.</summary>
    public LayoutBuilder Index(string? name, params (string Platform, byte[][] Layers)[] images)
    {
        var inner = new JsonArray();
        foreach (var (platform, layers) in images)
        {
            inner.Add(Manifest(platform, layers));
        }

        return List(name, Blob("application/vnd.oci.image.index.v1+json", Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.index.v1+json",
            ["manifests"] = inner,
        })));
    }

    public byte[] ToArchive()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            Write(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray());
            foreach (var (digest, content) in _blobs)
            {
                Write(tar, $"blobs/sha256/{digest}", content);
            }

            Write(tar, "index.json", Json(new JsonObject { ["schemaVersion"] = 2, ["manifests"] = _manifests.DeepClone() }));
        }

        return stream.ToArray();
    }

    public static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static void Write(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

    private static byte[] Json(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private JsonObject Manifest(string platform, byte[][] layers)
    {
        var parts = platform.Split('/');
        var diffIds = ClaimedDiffIds ?? [.. layers.Select(Digest)];
        ClaimedDiffIds = null;
        var config = Blob("application/vnd.oci.image.config.v1+json", Json(new JsonObject
        {
            ["os"] = parts[0],
            ["architecture"] = parts[1],
            ["variant"] = parts.Length > 2 ? parts[2] : null,
            ["config"] = new JsonObject { ["Cmd"] = new JsonArray("sh"), ["Labels"] = new JsonObject { ["platform"] = platform } },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. diffIds.Select(id => JsonValue.Create(id))]) },
        }));
        var manifest = Blob("application/vnd.oci.image.manifest.v1+json", Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["config"] = config,
            ["layers"] = new JsonArray(
                [.. layers.Select(layer => Blob("application/vnd.oci.image.layer.v1.tar", layer))]),
        }));
        manifest["platform"] = new JsonObject { ["os"] = parts[0], ["architecture"] = parts[1] };
        return manifest;
    }

    private JsonObject Blob(string mediaType, byte[] content)
    {
        var digest = Digest(content);
        _blobs[digest["sha256:".Length..]] = content;
        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = content.Length };
    }

    private LayoutBuilder List(string? name, JsonObject descriptor)
    {
        if (name is not null)
        {
            descriptor["annotations"] = new JsonObject { ["io.containerd.image.name"] = name };
        }

        _manifests.Add(descriptor);
        return this;
    }
}
