using Engine.Core.Images.Content;
using Engine.Oci.Documents;

namespace Engine.Core.Images;

/// <summary>An image that stays until this is disposed of, whoever removes it meanwhile.</summary>
public sealed class ImageLease : IDisposable
{
    private readonly ContentHolds _holds;
    private int _disposed;

    internal ImageLease(ContentHolds holds) => _holds = holds;

    /// <summary>The image's id, with <c>sha256:</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The reference that it was found by, in the normal form; null when it was found by its id.</summary>
    public required string? Reference { get; init; }

    /// <summary>The image's configuration.</summary>
    public required ImageConfig Config { get; init; }

    /// <summary>What containers of it start with, in the words of the model.</summary>
    public required ImageConfiguration Configuration { get; init; }

    /// <summary>The unpacked layers, the topmost first as overlayfs wants its lowerdir; absolute paths.</summary>
    public required IReadOnlyList<string> LowerDirectories { get; init; }

    /// <summary>Lets the image go.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _holds.Release(ContentKind.Image, Id);
        }
    }
}
