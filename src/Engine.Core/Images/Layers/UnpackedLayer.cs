using Engine.Oci;
using Engine.Oci.Compression;

namespace Engine.Core.Images.Layers;

/// <summary>A layer that is unpacked in ingest/, and has no name yet. Disposed of without one, it is gone.</summary>
internal sealed class UnpackedLayer(LayerDirectories directories, string path) : IDisposable
{
    private bool _attached;

    public string Path { get; } = path;

    /// <summary>The digest of its tar; set when all of it was read.</summary>
    public Digest? DiffId { get; set; }

    /// <summary>How it came.</summary>
    public CompressionKind Compression { get; set; }

    /// <summary>The bytes of its files.</summary>
    public long Bytes { get; set; }

    /// <summary>Gives it its name.</summary>
    public void Attach(Digest chainId)
    {
        directories.Attach(Path, chainId);
        _attached = true;
    }

    public void Dispose()
    {
        if (!_attached)
        {
            directories.Remove(Path);
        }
    }
}
