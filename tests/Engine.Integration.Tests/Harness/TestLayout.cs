using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engine.Integration.Tests.Harness;

/// <summary>
/// Makes OCI layouts and docker-save archives of layers, well-formed unless a test spoils a part of them.
/// </summary>
internal sealed class TestLayout
{
    private readonly List<(byte[] Blob, string DiffId, string Compression)> _layers = [];

    public JsonObject Configuration { get; } = new()
    {
        ["Cmd"] = new JsonArray("sh"),
        ["Env"] = new JsonArray("LAYOUT=yes"),
    };

    public string Architecture { get; init; } = "amd64";

    public string? Name { get; init; }

    /// <summary>Adds a layer: the tar, compressed or not.</summary>
    public TestLayout Add(byte[] tar, string compression = "none", string? diffId = null)
    {
        _layers.Add((Compress(tar, compression), diffId ?? Digest(tar), compression));
        return this;
    }

    public static byte[] Compress(byte[] content, string compression)
    {
        using var stream = new MemoryStream();
        using (Stream compressor = compression switch
        {
            "gzip" => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(stream, leaveOpen: true),
            "bzip2" => SharpCompress.Compressors.BZip2.BZip2Stream.Create(
                stream, SharpCompress.Compressors.CompressionMode.Compress, decompressConcatenated: false,
                leaveOpen: true),
            _ => new MemoryStream(),
        })
        {
            if (compression == "none")
            {
                return content;
            }

            compressor.Write(content);
        }

        return stream.ToArray();
    }

    public static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The tar of an OCI layout.</summary>
    /// <param name="spoil">Changes a blob, by its digest, before it is written; the name stays.</param>
    public byte[] ToOciArchive(Func<string, byte[], byte[]>? spoil = null)
    {
        var blobs = new Dictionary<string, byte[]>();
        JsonObject manifest = AddManifest(blobs);
        var index = new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(manifest) };
        return WriteOci(blobs, index, spoil);
    }

    /// <summary>The tar of an OCI layout with an image for each of several platforms behind one name.</summary>
    public static byte[] ToOciArchive(string name, params TestLayout[] platforms)
    {
        var blobs = new Dictionary<string, byte[]>();
        var manifests = new JsonArray();
        foreach (TestLayout layout in platforms)
        {
            JsonObject descriptor = layout.AddManifest(blobs);
            descriptor["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = layout.Architecture };
            descriptor.Remove("annotations");
            manifests.Add(descriptor);
        }

        const string type = "application/vnd.oci.image.index.v1+json";
        JsonObject nested = AddBlob(
            blobs, new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = type, ["manifests"] = manifests }, type);
        nested["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = name };
        return WriteOci(blobs, new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(nested) }, null);
    }

    /// <summary>A docker-save archive.</summary>
    public byte[] ToDockerArchive(params string[] tags)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            byte[] configuration = Encoding.UTF8.GetBytes(ImageDocument().ToJsonString());
            string configurationName = Digest(configuration)["sha256:".Length..] + ".json";
            Write(tar, configurationName, configuration);
            var layers = new JsonArray();
            foreach (var (blob, diffId, _) in _layers)
            {
                string name = $"{diffId["sha256:".Length..]}/layer.tar";
                layers.Add(name);
                Write(tar, name, blob);
            }

            var manifest = new JsonArray(new JsonObject
            {
                ["Config"] = configurationName,
                ["RepoTags"] = new JsonArray([.. tags.Select(t => JsonValue.Create(t))]),
                ["Layers"] = layers,
            });
            Write(tar, "manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()));
        }

        return stream.ToArray();
    }

    private static byte[] WriteOci(
        Dictionary<string, byte[]> blobs, JsonObject index, Func<string, byte[], byte[]>? spoil)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            Write(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray());
            Write(tar, "index.json", Encoding.UTF8.GetBytes(index.ToJsonString()));
            foreach (var (digest, blob) in blobs)
            {
                Write(tar, "blobs/sha256/" + digest["sha256:".Length..], spoil?.Invoke(digest, blob) ?? blob);
            }
        }

        return stream.ToArray();
    }

    private JsonObject AddManifest(Dictionary<string, byte[]> blobs)
    {
        var layers = new JsonArray();
        foreach (var (blob, _, compression) in _layers)
        {
            string suffix = compression switch { "none" => "", _ => "+" + compression };
            layers.Add(AddBlob(blobs, blob, "application/vnd.oci.image.layer.v1.tar" + suffix));
        }

        const string type = "application/vnd.oci.image.manifest.v1+json";
        JsonObject descriptor = AddBlob(
            blobs,
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = type,
                ["config"] = AddBlob(blobs, ImageDocument(), "application/vnd.oci.image.config.v1+json"),
                ["layers"] = layers,
            },
            type);
        if (Name is not null)
        {
            descriptor["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = Name };
        }

        return descriptor;
    }

    private JsonObject ImageDocument() => new()
    {
        ["architecture"] = Architecture,
        ["os"] = "linux",
        ["created"] = "2024-05-06T07:08:09Z",
        ["author"] = "a tester",
        ["config"] = JsonNode.Parse(Configuration.ToJsonString()),
        ["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            ["diff_ids"] = new JsonArray([.. _layers.Select(l => JsonValue.Create(l.DiffId))]),
        },
    };

    private static JsonObject AddBlob(Dictionary<string, byte[]> blobs, JsonObject document, string mediaType) =>
        AddBlob(blobs, Encoding.UTF8.GetBytes(document.ToJsonString(JsonSerializerOptions.Default)), mediaType);

    private static JsonObject AddBlob(Dictionary<string, byte[]> blobs, byte[] content, string mediaType)
    {
        string digest = Digest(content);
        blobs[digest] = content;
        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = content.Length };
    }

    private static void Write(TarWriter tar, string name, byte[] content)
    {
        TarEntry entry = tar.Format == TarEntryFormat.Ustar
            ? new UstarTarEntry(TarEntryType.RegularFile, name)
            : new PaxTarEntry(TarEntryType.RegularFile, name);
        entry.DataStream = new MemoryStream(content);
        tar.WriteEntry(entry);
    }
}
