using Engine.Core.Containers.Records;
using Engine.Core.Images.Layers;
using Engine.Linux.Files;
using Engine.Oci.Layers.Tar;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Containers.Files;

/// <summary>Writes what a container has changed as a layer.</summary>
internal sealed class ContainerChanges(ContainerFileSystem files, ILogger<ContainerChanges> logger)
{
    /// <summary>Writes the layer, and its end.</summary>
    /// <returns>False when the container has changed nothing: then the layer need not be kept.</returns>
    public async Task<bool> WriteAsync(ContainerRecord record, Stream layer, CancellationToken cancellationToken)
    {
        if (files.Upper(record) is not { } path)
        {
            return false;
        }

        using var upper = RootedDirectory.Open(path);
        var stack = files.Layers(record);
        var lower = new LowerLayers(stack);
        var placeholders = new MountPlaceholders(upper, lower, files.MountTargets(record));
        var tar = new TarWriter(layer);
        var tree = new TreeArchiver(
            upper, tar,
            new TreeForm
            {
                IsLayer = true,
                LeavesOut = placeholders.Contains,
                Hides = directory => lower.TryGetStatus(directory, out var hidden) && hidden.Kind == FileKind.Directory,
            },
            logger);
        await tree.RunAsync(cancellationToken).ConfigureAwait(false);
        await tar.FinishAsync(cancellationToken).ConfigureAwait(false);
        return tree.Entries > 0 || IsRootChanged(upper, stack);
    }

    // The root of an overlay is that of its upper directory, which was made like the topmost layer's.
    private static bool IsRootChanged(RootedDirectory upper, IReadOnlyList<string> stack)
    {
        if (stack.Count == 0)
        {
            return true;
        }

        using var top = RootedDirectory.Open(stack[0]);
        var (now, before) = (upper.GetStatus([]), top.GetStatus([]));
        return now.Mode != before.Mode || now.UserId != before.UserId || now.GroupId != before.GroupId;
    }
}
