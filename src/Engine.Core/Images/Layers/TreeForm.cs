using Engine.Linux.Files;

namespace Engine.Core.Images.Layers;

/// <summary>What a tree is written as.</summary>
internal sealed record TreeForm
{
    /// <summary>A root file system, as its container sees it.</summary>
    public static TreeForm RootFileSystem { get; } = new();

    /// <summary>
    /// True when the tree is an overlay's upper directory and becomes a layer: overlayfs' marks become white-outs
    /// (image-spec, layer.md, "Whiteouts").
    /// </summary>
    public bool IsLayer { get; init; }

    /// <summary>
    /// Whether there is something below an opaque directory that it hides: overlayfs marks every new one.
    /// </summary>
    public Func<byte[], bool> Hides { get; init; } = static _ => true;

    /// <summary>Whether an entry, with all below it, is left out; its path has no slash at either end.</summary>
    public Func<byte[], FileStatus, bool> LeavesOut { get; init; } = static (_, _) => false;
}
