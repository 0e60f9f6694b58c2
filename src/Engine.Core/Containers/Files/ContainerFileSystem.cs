using System.Security.Cryptography;
using System.Text.Json;
using Engine.Core.Containers.Records;
using Engine.Linux.Files;
using Engine.Linux.Mounts;

namespace Engine.Core.Containers.Files;

/// <summary>
/// Opens containers' files, whether they run or not, and without what is mounted into them. Nothing is mounted any more
/// when it returns: what it gives keeps the files readable by itself.
/// </summary>
internal sealed class ContainerFileSystem(EngineDirectories directories)
{
    /// <summary>The root file system as the container sees it. The caller holds the container's lock.</summary>
    public RootedDirectory OpenRoot(ContainerRecord record)
    {
        var root = ContainerPaths.RootFileSystem(directories, record.Id);
        if (record.Materialised && MountPoint.IsMounted(root))
        {
            // The very mount that the container writes to: another one of the same directories would not see what is
            // being changed (overlayfs.rst, "Changes to underlying filesystems").
            return RootedDirectory.OpenWithoutMounts(root);
        }

        string[] stack = [.. Upper(record) is { } upper ? (string[])[upper] : [], .. Layers(record)];
        return stack.Length == 1 ? RootedDirectory.Open(stack[0]) : OpenStack(stack);
    }

    /// <summary>What the container has changed: the overlay's upper directory; null when it was never started.</summary>
    public string? Upper(ContainerRecord record)
    {
        var upper = ContainerPaths.Upper(directories, record.Id);
        return Directory.Exists(upper) ? upper : null;
    }

    /// <summary>The image's layers, the topmost first.</summary>
    public IReadOnlyList<string> Layers(ContainerRecord record) =>
        [.. record.Layers.Select(layer => Path.Combine(directories.Layers, layer))];

    /// <summary>Where things were mounted when the container was last started; absolute paths as it was told.</summary>
    public IReadOnlyList<string> MountTargets(ContainerRecord record)
    {
        var path = Path.Combine(ContainerPaths.Bundle(directories, record.Id), "config.json");
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = File.OpenRead(path);
        using var specification = JsonDocument.Parse(file);
        return specification.RootElement.TryGetProperty("mounts", out var mounts)
            ? [.. mounts.EnumerateArray().Select(mount => mount.GetProperty("destination").GetString()!)]
            : [];
    }

    private RootedDirectory OpenStack(string[] stack)
    {
        if (stack.Length > OverlayMount.MaxLower)
        {
            throw new EngineException(
                EngineErrorCode.NotSupported, EngineErrorReason.NotSupportedByHost,
                $"The kernel shows at most {OverlayMount.MaxLower} layers at once, and with its own this container has "
                + $"{stack.Length}. Start it, and export it while it runs.");
        }

        // Among the half-done work: an engine that is killed here unmounts it when it starts again.
        var place = Directory.CreateDirectory(
            Path.Combine(directories.Ingest, RandomNumberGenerator.GetHexString(32, lowercase: true)),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        try
        {
            OverlayMount.Attach(new OverlayOptions { Lower = stack, Target = place });
            return RootedDirectory.OpenWithoutMounts(place);
        }
        finally
        {
            MountPoint.Unmount(place, detach: true);
            Directory.Delete(place);
        }
    }
}
