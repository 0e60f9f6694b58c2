using System.Text.Json;

namespace Engine.Oci.Archives;

/// <summary>
/// Writes what docker load reads beside a layout: manifest.json and repositories (image-formats of Docker 1.10 to
/// today). The layers are those of the layout, compressed as they are: every version of docker load unpacks them.
/// </summary>
internal static class DockerLists
{
    /// <summary>One entry for each image; its names are those that lead to it for a reader who knows no platforms.</summary>
    public static byte[] Manifest(IReadOnlyList<SavedName> names)
    {
        var entries = new List<DockerManifestEntry>();
        foreach (SavedImage image in names.SelectMany(name => name.Images).DistinctBy(image => image.Config.Digest))
        {
            string[] tags =
            [
                .. names.Where(name => name.Reference is not null && name.Images[0].Config.Digest == image.Config.Digest)
                    .Select(name => name.Reference!.Familiar).Distinct(),
            ];
            entries.Add(new DockerManifestEntry
            {
                Config = ArchivePart.NameOf(image.Config.Digest),
                RepoTags = tags.Length > 0 ? tags : null,
                Layers = [.. image.Manifest.Value.Layers.Select(layer => ArchivePart.NameOf(layer.Digest))],
            });
        }

        return JsonSerializer.SerializeToUtf8Bytes(entries, ArchiveJsonContext.Default.ListDockerManifestEntry);
    }

    /// <summary>For each repository its tags, with the topmost layer of each; null when nothing has a name.</summary>
    public static byte[]? Repositories(IReadOnlyList<SavedName> names)
    {
        var repositories = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (SavedName name in names.Where(name => name.Reference?.Tag is not null)
            .OrderBy(name => name.Reference!.Familiar, StringComparer.Ordinal))
        {
            string repository = name.Reference!.FamiliarRepository;
            repositories.TryAdd(repository, new Dictionary<string, string>(StringComparer.Ordinal));
            repositories[repository][name.Reference.Tag!] =
                name.Images[0].Manifest.Value.Layers is [.., var top] ? top.Digest.Hex : "";
        }

        return repositories.Count == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(
            repositories, ArchiveJsonContext.Default.DictionaryStringDictionaryStringString);
    }
}
