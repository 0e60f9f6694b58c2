using Engine.Oci;

namespace Engine.Core.Images.Content;

/// <summary>
/// What one import holds. When it ends, well or not, all of it is let go, and what no image needs by then is collected:
/// an import that fails leaves nothing, one that succeeds has rows.
/// </summary>
internal sealed class ContentHold(ContentHolds holds, ContentCollector collector) : IDisposable
{
    private readonly HashSet<(ContentKind Kind, string Id)> _held = [];

    public void AddBlob(Digest digest) => Add(ContentKind.Blob, digest.ToString());

    public void AddLayer(Digest chainId) => Add(ContentKind.Layer, chainId.ToString());

    public void Dispose()
    {
        (ContentKind Kind, string Id)[] all;
        lock (_held)
        {
            all = [.. _held];
            _held.Clear();
        }

        foreach (var (kind, id) in all)
        {
            holds.Release(kind, id);
        }

        collector.Collect(all);
    }

    private void Add(ContentKind kind, string id)
    {
        // Layers of one import are unpacked at the same time.
        lock (_held)
        {
            if (_held.Add((kind, id)))
            {
                holds.Add(kind, id);
            }
        }
    }
}
