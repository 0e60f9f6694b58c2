using Engine.Linux.Mounts;

namespace Engine.Core.Tests.Images;

/// <summary>An image as a container sees it: its layers under a real overlay mount.</summary>
internal sealed class OverlayMountPoint : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public OverlayMountPoint(IReadOnlyList<string> lower)
    {
        foreach (var name in (string[])["upper", "work", "merged"])
        {
            Directory.CreateDirectory(_directory[name]);
        }

        OverlayMount.Attach(new OverlayOptions
        {
            Lower = lower,
            Upper = _directory["upper"],
            Work = _directory["work"],
            Target = Path,
        });
    }

    public string Path => _directory["merged"];

    /// <summary>What was changed, as overlayfs keeps it.</summary>
    public string Upper => _directory["upper"];

    /// <summary>The names of all entries, in order.</summary>
    public string List() => Tool.Shell($"cd {Path}; find . -mindepth 1 | sort").Trim();

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name)).Trim();

    public void Dispose()
    {
        Tool.Run("umount", Path);
        _directory.Dispose();
    }
}
