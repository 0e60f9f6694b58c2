using Engine.Core.Images.Records;
using Engine.Oci.Documents;

namespace Engine.Core.Images;

/// <summary>Tells the steps that an image was made in.</summary>
public sealed class GetImageHistory
{
    private readonly ImageResolver _resolver;
    private readonly LayerTable _layers;

    internal GetImageHistory(ImageResolver resolver, LayerTable layers)
    {
        _resolver = resolver;
        _layers = layers;
    }

    /// <summary>The steps, the last one first.</summary>
    /// <param name="reference">A reference, an id, or a prefix of an id.</param>
    /// <param name="platform">As <c>os/arch[/variant]</c>, of which compatible ones will do; null for what suits this
    /// host best.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ImageNotFound"/>, <see cref="EngineErrorReason.AmbiguousImageId"/>,
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.InvalidReference"/>.
    /// </exception>
    public IReadOnlyList<ImageHistoryEntry> Handle(string reference, string? platform = null)
    {
        var image = _resolver.Resolve(reference, platform);
        var sizes = _layers.Sizes();
        var entries = new List<ImageHistoryEntry>();
        var layer = 0;
        foreach (var step in StepsOf(image))
        {
            var hasLayer = !step.EmptyLayer && layer < image.Chain.Count;
            entries.Add(new ImageHistoryEntry
            {
                CreatedAt = step.Created,
                CreatedBy = step.CreatedBy ?? "",
                Author = step.Author ?? "",
                Comment = step.Comment ?? "",
                Layer = hasLayer ? image.Config.RootFs.DiffIds[layer].ToString() : null,
                Size = hasLayer ? sizes.GetValueOrDefault(image.Chain[layer].ToString()) : 0,
            });
            layer += hasLayer ? 1 : 0;
        }

        entries[^1] = entries[^1] with
        {
            Id = image.Id,
            Tags = [.. image.References.Select(ImageView.Familiar).Order(StringComparer.Ordinal)],
        };
        entries.Reverse();
        return entries;
    }

    // A history is optional, and may tell of fewer layers than there are (image-spec, config.md): those are steps of
    // which nothing is known but their layer.
    private static IEnumerable<HistoryEntry> StepsOf(StoredImage image)
    {
        var told = image.Config.History ?? [];
        var missing = Math.Max(image.Chain.Count - told.Count(step => !step.EmptyLayer), told.Count == 0 ? 1 : 0);
        return told.Concat(Enumerable.Repeat(new HistoryEntry { Created = told.Count == 0 ? image.Config.Created : null }, missing));
    }
}
