using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Engine.Benchmarks.Pulls;

/// <summary>
/// An image of many layers, made of this machine's own programs and libraries, as images are: their sizes and how far
/// they compress are what a pull takes its time for.
/// </summary>
internal static class ManyLayerImage
{
    private const int Layers = 25;
    private const long LayerBytes = 20L << 20;
    private const long MaxFile = 8L << 20;
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Makes it and pushes it.</summary>
    /// <param name="registry">The registry's host and port; plain HTTP.</param>
    /// <returns>The reference, and the bytes of the unpacked and of the packed layers.</returns>
    public static async Task<(string Reference, long Bytes, long Packed)> PushAsync(string registry)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{registry}/v2/many/") };
        var diffIds = new JsonArray();
        var layers = new JsonArray();
        long bytes = 0, packed = 0;
        using IEnumerator<string> files = Files().GetEnumerator();
        for (int number = 0; number < Layers; number++)
        {
            byte[] tar = Layer(files, number);
            byte[] blob = Compress(tar);
            diffIds.Add(Digest(tar));
            layers.Add(await AddAsync(client, blob, "application/vnd.docker.image.rootfs.diff.tar.gzip"));
            (bytes, packed) = (bytes + tar.Length, packed + blob.Length);
        }

        var configuration = new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject(),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = diffIds },
        };
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = await AddAsync(
                client, Bytes(configuration), "application/vnd.docker.container.image.v1+json"),
            ["layers"] = layers,
        };
        using var content = new ByteArrayContent(Bytes(manifest));
        content.Headers.ContentType = new(ManifestType);
        (await client.PutAsync(new Uri("manifests/1", UriKind.Relative), content)).EnsureSuccessStatusCode();
        return ($"{registry}/many:1", bytes, packed);
    }

    // In an order that mixes large and small files, and is the same each time.
    private static IEnumerable<string> Files() => ((string[])["/usr/lib", "/usr/bin", "/usr/share"])
        .SelectMany(directory => Directory.EnumerateFiles(directory, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        }))
        .Where(path => new FileInfo(path).Length is > 0 and <= MaxFile)
        .OrderBy(path => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path))), StringComparer.Ordinal);

    private static byte[] Layer(IEnumerator<string> files, int number)
    {
        using var content = new MemoryStream();
        using (var tar = new TarWriter(content, TarEntryFormat.Pax, leaveOpen: true))
        {
            while (content.Length < LayerBytes && files.MoveNext())
            {
                tar.WriteEntry(files.Current, $"layer{number}{files.Current}");
            }
        }

        return content.ToArray();
    }

    private static async Task<JsonObject> AddAsync(HttpClient client, byte[] blob, string type)
    {
        using HttpResponseMessage begun = await client.PostAsync(new Uri("blobs/uploads/", UriKind.Relative), null);
        begun.EnsureSuccessStatusCode();
        string digest = Digest(blob);
        using var content = new ByteArrayContent(blob);
        using HttpResponseMessage put = await client.PutAsync(
            new Uri($"{begun.Headers.Location}&digest={WebUtility.UrlEncode(digest)}"), content);
        put.EnsureSuccessStatusCode();
        return new JsonObject { ["mediaType"] = type, ["digest"] = digest, ["size"] = blob.Length };
    }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
