using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Check;

/// <summary>
/// Checks that the unpacked layers are what their blobs unpack to: each blob is unpacked once more, beside it, and
/// compared file by file. That needs the room of the largest layer.
/// </summary>
internal sealed class LayerCheck(
    ImageTable images, LayerTable table, LayerStore layers, LayerDirectories directories, BlobStore blobs,
    StoredDocuments documents, ContentHolds holds, ContentCollector collector, IImageUsers users)
{
    /// <summary>The layers to look at, lower ones first: those of images whose manifests can be read.</summary>
    public IReadOnlyList<KnownLayer> Known()
    {
        var known = new Dictionary<Digest, KnownLayer>();
        foreach (var image in images.ReadAll((_, _) => { }))
        {
            var manifest = ManifestOf(image);
            for (var index = 0; index < (manifest?.Layers.Count ?? 0); index++)
            {
                var layer = manifest!.Layers[index];
                known.TryAdd(image.Chain[index], new KnownLayer(
                    new LayerSource(
                        layer.Digest, layer.Size, image.Config.RootFs.DiffIds[index], image.Chain[index]),
                    [.. image.Chain.Take(index).Reverse()]));
            }
        }

        return [.. known.Values.OrderBy(layer => layer.Below.Count)];
    }

    /// <summary>What is wrong with a layer; null for nothing, or when its blob cannot tell.</summary>
    public async Task<StoreFinding?> CheckAsync(KnownLayer layer, bool repair, CancellationToken cancellationToken)
    {
        using var hold = new ContentHold(holds, collector);
        hold.AddLayer(layer.Source.ChainId);
        hold.AddBlob(layer.Source.Blob);
        if (!table.IsComplete(layer.Source.ChainId.ToString()))
        {
            // Gone since, or being unpacked.
            return null;
        }

        var isThere = directories.Exists(layer.Source.ChainId);
        if (!blobs.Contains(layer.Source.Blob) || layer.Below.Any(below => !directories.Exists(below)))
        {
            return isThere ? null : Finding(
                StoreFault.LayerMissing, layer, "its directory is not there, nor is what it could be unpacked from; pull "
                + "or import the image again", false);
        }

        try
        {
            using var again = await layers.UnpackAgainAsync(
                layer.Source, layer.Below, cancellationToken).ConfigureAwait(false);
            return isThere
                ? await CompareAsync(layer, again, repair, cancellationToken).ConfigureAwait(false)
                : Missing(layer, again, repair);
        }
        catch (EngineException) when (isThere)
        {
            // The blob is damaged, and has a finding of its own: nothing can be said of the layer.
            return null;
        }
        catch (EngineException error)
        {
            return Finding(StoreFault.LayerMissing, layer, $"its directory is not there ({error.Message})", false);
        }
    }

    /// <summary>Directories and rows that belong to no image.</summary>
    public IEnumerable<StoreFinding> Unreferenced(bool repair)
    {
        // In this order: a layer has its row before it has its name.
        var names = directories.Names().ToList();
        var rows = table.ReadAll().Keys.ToList();
        var known = rows.Select(id => Digest.Parse(id).Hex).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !known.Contains(name)))
        {
            if (repair)
            {
                directories.RemoveLayer(name);
            }

            yield return Stray(name, repair);
        }

        foreach (var id in rows)
        {
            if (images.UsersOfLayer(id).Count == 0 && !holds.IsHeld(ContentKind.Layer, id))
            {
                yield return Stray(id, repair && collector.Collect([(ContentKind.Layer, id)]).Gone.Count > 0);
            }
        }
    }

    private StoreFinding Missing(KnownLayer layer, UnpackedLayer again, bool repair)
    {
        if (repair)
        {
            again.Attach(layer.Source.ChainId);
        }

        return Finding(
            StoreFault.LayerMissing, layer, repair ? "its directory was not there; it was unpacked again"
            : "its directory is not there; it can be unpacked again", repair);
    }

    private async Task<StoreFinding?> CompareAsync(
        KnownLayer layer, UnpackedLayer again, bool repair, CancellationToken cancellationToken)
    {
        var actual = directories.PathOf(layer.Source.ChainId);
        var difference = await Task.Run(
            () => LayerComparison.FirstDifference(again.Path, actual, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        if (difference is null)
        {
            return null;
        }

        if (!repair)
        {
            return Finding(StoreFault.LayerCorrupt, layer, $"{difference}; it can be unpacked again", false);
        }

        lock (holds.Gate)
        {
            if (RunningUser(layer) is { } user)
            {
                return Finding(
                    StoreFault.LayerCorrupt, layer, $"{difference}; stop container '{user}', then repair", false);
            }

            directories.Replace(again.Path, layer.Source.ChainId);
        }

        return Finding(StoreFault.LayerCorrupt, layer, $"{difference}; it was unpacked again", true);
    }

    /// <summary>Who has the layer mounted, or is about to.</summary>
    private string? RunningUser(KnownLayer layer) => images.UsersOfLayer(layer.Source.ChainId.ToString())
        .Select(id => users.UsersOf(id).FirstOrDefault(user => user.Running)?.ContainerName
            ?? (holds.IsHeld(ContentKind.Image, id) ? "that is being started" : null))
        .FirstOrDefault(name => name is not null);

    private ImageManifest? ManifestOf(StoredImage image)
    {
        try
        {
            var manifest = documents.ManifestOf(image).Value;
            return manifest.Layers.Count == image.Chain.Count ? manifest : null;
        }
        catch (EngineException)
        {
            // It has a finding of its own among the blobs.
            return null;
        }
    }

    private StoreFinding Finding(StoreFault fault, KnownLayer layer, string message, bool repaired) => new()
    {
        Fault = fault,
        Target = layer.Source.ChainId.ToString(),
        Message = $"The layer {layer.Source.ChainId.ShortHex}: {message}.",
        Images =
        [
            .. images.UsersOfLayer(layer.Source.ChainId.ToString()).SelectMany(images.NamesOf)
                .Distinct(StringComparer.Ordinal),
        ],
        Repaired = repaired,
    };

    private static StoreFinding Stray(string name, bool repaired) => new()
    {
        Fault = StoreFault.Unreferenced,
        Target = name,
        Message = $"The layer '{name}' belongs to no image{(repaired ? "; it is removed" : "")}.",
        Repaired = repaired,
    };
}
