using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Engine.Oci.Documents;
using Engine.Oci.Layers;
using Engine.Oci.References;

namespace Engine.Oci.Archives;

/// <summary>
/// Reads what docker save wrote before 1.10: <c>repositories</c> names the top layer of each image, and each layer's
/// <c>json</c> its parent. The configuration that later versions keep is made from them.
/// </summary>
/// <param name="files">The archive's files.</param>
internal sealed class LegacyRepositories(ArchiveFiles files)
{
    // As many as an image may have (DocumentRules); parents that lead in a circle end there too.
    private const int MaxLayers = 1000;

    // Images share layers, so that a small archive can ask for the same work many times.
    private const int MaxSteps = 100_000;

    private readonly Dictionary<Digest, Digest> _diffIds = [];
    private readonly Dictionary<string, LegacyImage> _images = new(StringComparer.Ordinal);
    private int _steps;

    public async ValueTask<IReadOnlyList<ArchiveImage>> ReadAsync(byte[] json, CancellationToken cancellationToken)
    {
        Dictionary<string, Dictionary<string, string>> repositories =
            Parse(json, ArchiveNames.Repositories, ArchiveJsonContext.Default.DictionaryStringDictionaryStringString);
        var names = new Dictionary<string, List<ImageReference>>(StringComparer.Ordinal);
        foreach ((string repository, Dictionary<string, string>? tags) in repositories)
        {
            foreach ((string tag, string? top) in tags ?? [])
            {
                ImageReference reference = ImageReference.Parse(repository, defaultTag: null).WithTag(tag);
                names.TryAdd(top ?? "", []);
                names[top ?? ""].Add(reference);
            }
        }

        var images = new List<ArchiveImage>();
        foreach ((string top, List<ImageReference> references) in names)
        {
            images.Add(await ReadImageAsync(top, references, cancellationToken).ConfigureAwait(false));
        }

        return images;
    }

    private async ValueTask<ArchiveImage> ReadImageAsync(
        string top, IReadOnlyList<ImageReference> references, CancellationToken cancellationToken)
    {
        List<(string Id, LegacyImage Image)> steps = [(top, Image(top))];
        while (steps[^1].Image.Parent is { Length: > 0 } parent)
        {
            if (steps.Count == MaxLayers)
            {
                throw ArchiveFault.Invalid(
                    $"the image '{Shown.Text(top)}' has more than {MaxLayers} layers, or its parents lead in a circle");
            }

            steps.Add((parent, Image(parent)));
        }

        steps.Reverse();
        var layers = new List<ArchiveFile>();
        var diffIds = new List<Digest>();
        foreach ((string id, _) in steps)
        {
            ArchiveFile layer = files.Find(id + "/layer.tar") is { Spooled: not null } file
                ? file
                : throw ArchiveFault.Invalid($"the layer '{Shown.Text(id)}' has no layer.tar", Shown.Text(id));
            layers.Add(layer);
            diffIds.Add(await DiffIdAsync(layer.Spooled!, cancellationToken).ConfigureAwait(false));
        }

        return MadeManifest.Image(ImageDocuments.Write(Config(steps[^1].Image, steps, diffIds)), layers, references);
    }

    private LegacyImage Image(string id)
    {
        if (++_steps > MaxSteps)
        {
            throw ArchiveFault.TooLarge($"its images have more than {MaxSteps} layers together");
        }

        if (!_images.TryGetValue(id, out LegacyImage? image))
        {
            byte[] json = files.Document(id + "/json")
                ?? throw ArchiveFault.Invalid($"the layer '{Shown.Text(id)}' is not there", Shown.Text(id));
            image = Parse(json, id + "/json", ArchiveJsonContext.Default.LegacyImage);
            _images.Add(id, image);
        }

        return image;
    }

    private static ImageConfig Config(
        LegacyImage top, List<(string Id, LegacyImage Image)> steps, List<Digest> diffIds) => new()
        {
            Created = top.Created,
            Author = top.Author,
            Comment = top.Comment,
            Architecture = top.Architecture ?? "amd64",
            Os = top.Os ?? "linux",
            Config = top.Config,
            RootFs = new RootFs { DiffIds = diffIds },
            History = [.. steps.Select(step => new HistoryEntry
        {
            Created = step.Image.Created,
            Author = step.Image.Author,
            Comment = step.Image.Comment,
            CreatedBy = step.Image.ContainerConfig?.Cmd is { } command ? string.Join(' ', command) : null,
        })],
        };

    private async ValueTask<Digest> DiffIdAsync(SpooledFile layer, CancellationToken cancellationToken)
    {
        if (!_diffIds.TryGetValue(layer.Digest, out Digest? diffId))
        {
            Stream content = await files.OpenAsync(layer, cancellationToken).ConfigureAwait(false);
            using LayerStream stream = LayerStream.Open(content, null, cancellationToken);
            diffId = stream.Complete().DiffId;
            _diffIds.Add(layer.Digest, diffId);
        }

        return diffId;
    }

    private static T Parse<T>(byte[] json, string name, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw ArchiveFault.Invalid($"'{Shown.Text(name)}' is null");
        }
        catch (JsonException e)
        {
            throw ArchiveFault.Invalid(
                $"'{Shown.Text(name)}' cannot be read: {e.Message.TrimEnd('.')}", Shown.Text(name), e);
        }
    }
}
