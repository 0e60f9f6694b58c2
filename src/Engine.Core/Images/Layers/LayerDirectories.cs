using System.Security.Cryptography;
using System.Text;
using Engine.Linux.Files;
using Engine.Linux.Mounts;
using Engine.Oci;

namespace Engine.Core.Images.Layers;

/// <summary>The directories of unpacked layers, and those in which layers are being unpacked.</summary>
internal sealed class LayerDirectories(EngineDirectories directories)
{
    /// <summary>Where a complete layer is.</summary>
    public string PathOf(Digest chainId) => Path.Combine(directories.Layers, chainId.Hex);

    public bool Exists(Digest chainId) => Directory.Exists(PathOf(chainId));

    /// <summary>A new empty directory of ingest/; its whole path.</summary>
    public string NewIngest()
    {
        var name = RandomName();
        using var ingest = RootedDirectory.Open(directories.Ingest);
        ingest.CreateDirectory(Encoding.ASCII.GetBytes(name));
        return Path.Combine(directories.Ingest, name);
    }

    /// <summary>Gives an unpacked layer its name, after all of it is on the disk.</summary>
    public void Attach(string ingestPath, Digest chainId)
    {
        using (var layer = RootedDirectory.Open(ingestPath))
        {
            layer.FlushFileSystem();
        }

        Directory.Move(ingestPath, PathOf(chainId));
        AtomicFile.FlushDirectory(directories.Layers);
    }

    /// <summary>
    /// Puts an unpacked layer in the place of a damaged one, whose directory is then the one of ingest/. The layer is
    /// there at all times, also after a crash.
    /// </summary>
    public void Replace(string ingestPath, Digest chainId)
    {
        using (var layer = RootedDirectory.Open(ingestPath))
        {
            layer.FlushFileSystem();
        }

        AtomicExchange.Run(ingestPath, PathOf(chainId));
        AtomicFile.FlushDirectory(directories.Layers);
    }

    /// <summary>
    /// Takes a layer's name away: its directory is now one of ingest/, whose path this gives. Null when there was none.
    /// </summary>
    public string? Detach(Digest chainId)
    {
        var doomed = Path.Combine(directories.Ingest, RandomName());
        try
        {
            Directory.Move(PathOf(chainId), doomed);
            return doomed;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes a directory of ingest/ with all that is in it.</summary>
    public void Remove(string ingestPath)
    {
        using var ingest = RootedDirectory.Open(directories.Ingest);
        ingest.RemoveTree(Encoding.ASCII.GetBytes(Path.GetFileName(ingestPath)));
    }

    /// <summary>Removes an entry of layers/ that no row knows, whatever it is.</summary>
    public void RemoveLayer(string name)
    {
        using var layers = RootedDirectory.Open(directories.Layers);
        layers.RemoveTree(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Removes everything half-done. Nothing may be running.</summary>
    public void EmptyIngest()
    {
        // A view of a container's files that an engine was killed while making.
        MountPoint.UnmountTree(directories.Ingest);
        using var ingest = RootedDirectory.Open(directories.Ingest);
        ingest.Clear();
    }

    /// <summary>The names of the directories that are there.</summary>
    public IEnumerable<string> Names() =>
        Directory.EnumerateFileSystemEntries(directories.Layers).Select(path => Path.GetFileName(path));

    private static string RandomName() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
