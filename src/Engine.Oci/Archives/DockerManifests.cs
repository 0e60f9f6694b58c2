using System.Text.Json;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Oci.Archives;

/// <summary>
/// Reads docker save's manifest.json: for each image its configuration, its layers, the base first, and its names.
/// </summary>
internal static class DockerManifests
{
    private const int MaxImages = 10_000;

    // What some tools write for an image without a name.
    private const string NoName = "<none>:<none>";

    public static bool IsList(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8).StartsWith("["u8);

    public static async ValueTask<IReadOnlyList<ArchiveImage>> ReadAsync(
        ArchiveFiles files, byte[] json, CancellationToken cancellationToken)
    {
        var images = new List<ArchiveImage>();
        foreach (DockerManifestEntry? entry in Parse(json))
        {
            string configName = entry?.Config
                ?? throw ArchiveFault.Invalid("an image in manifest.json has no configuration");
            SpooledFile configFile = Find(files, configName).Spooled!;
            byte[] raw = await files.ReadAsync(
                configFile, ImageDocuments.MaxConfigSize, cancellationToken).ConfigureAwait(false);
            Document<ImageConfig> config = ImageDocuments.ReadConfig(raw);
            RequireDigest(configName, config.Digest);
            ArchiveFile[] layers = [.. (entry.Layers ?? []).Select(
                layer => Find(files, layer ?? throw ArchiveFault.Invalid("a layer in manifest.json is null")))];
            images.Add(MadeManifest.Image(config, layers, References(entry)));
        }

        return images;
    }

    private static List<DockerManifestEntry> Parse(byte[] json)
    {
        try
        {
            List<DockerManifestEntry> entries =
                JsonSerializer.Deserialize(json, ArchiveJsonContext.Default.ListDockerManifestEntry) ?? [];
            return entries.Count <= MaxImages
                ? entries
                : throw ArchiveFault.TooLarge($"manifest.json lists more than {MaxImages} images");
        }
        catch (JsonException e)
        {
            throw ArchiveFault.Invalid($"manifest.json cannot be read: {e.Message.TrimEnd('.')}", null, e);
        }
    }

    private static ImageReference[] References(DockerManifestEntry entry) =>
    [
        .. (entry.RepoTags ?? [])
            .Where(tag => tag is not null and not NoName)
            .Select(tag => ImageReference.Parse(tag!))
            .Distinct(),
    ];

    private static ArchiveFile Find(ArchiveFiles files, string name) =>
        files.Find(ArchiveNames.Clean(name)) is { Spooled: not null } file
            ? file
            : throw ArchiveFault.Invalid(
                $"manifest.json lists '{Shown.Text(name)}', which is not there", Shown.Text(name));

    // The configuration's name is its digest, in every version: 'hex.json' before 25, 'blobs/sha256/hex' since.
    private static void RequireDigest(string name, Digest actual)
    {
        string last = name[(name.LastIndexOf('/') + 1)..];
        string hex = last.EndsWith(".json", StringComparison.Ordinal) ? last[..^5] : last;
        if (Digest.TryParse("sha256:" + hex, out Digest? promised))
        {
            promised.Require(actual, "image configuration");
        }
    }
}
