using Engine.Linux.Files;
using Engine.Oci;
using Engine.Oci.Layers;
using Engine.Oci.Layers.Tar;

namespace Engine.Core.Images.Layers;

/// <content>
/// Hard links: to entries of the same layer at once, to files of the layers below when those are complete.
/// </content>
internal sealed partial class LayerUnpacker
{
    private void UnpackHardLink(TarEntry entry, ReadOnlyMemory<byte> path)
    {
        var target = TargetOf(entry);
        if (target.Span.SequenceEqual(path.Span))
        {
            return;
        }

        if (_tree.IsWhiteout(target.Span))
        {
            throw LinkFault(path.Span, target.Span, "which the same layer deletes");
        }

        if (_tree.Root.TryGetStatus(target.Span, out var status))
        {
            Link(path.Span, target.Span, status);
        }
        else
        {
            _linksBelow.Add((path.ToArray(), target.ToArray()));
        }
    }

    private static ReadOnlyMemory<byte> TargetOf(TarEntry entry)
    {
        try
        {
            return LayerPath.Clean(entry.LinkName);
        }
        catch (EngineException error) when (error.Reason == EngineErrorReason.ArchiveEscapesRoot)
        {
            // The target is at fault, but the entry is what people find in the archive.
            throw new EngineException(
                error.Code, error.Reason,
                $"The archive is refused: its entry '{entry.DisplayName}' is a hard link to "
                + $"'{Shown.Text(entry.LinkName.Span)}', out of the directory that it is unpacked into.",
                entry.DisplayName, error);
        }
    }

    private void LinkBelow(byte[] path, byte[] target, LowerLayers? lower)
    {
        if (_tree.Root.TryGetStatus(path, out _))
        {
            // A later entry has taken the name.
            return;
        }

        _tree.EnsureParents(target);
        if (!_tree.Root.TryGetStatus(target, out var status)
            && (lower is null || !lower.TryCopyUp(target, _tree.Root, out status)))
        {
            throw LinkFault(path, target, "which is not there");
        }

        Link(path, target, status);
    }

    private void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, FileStatus status)
    {
        if (status.Kind == FileKind.Directory)
        {
            throw LinkFault(path, target, "which is a directory");
        }

        _tree.Replace(path, target.ToArray(), static (root, name, existing) => root.CreateHardLink(name, existing));
    }

    private static EngineException LinkFault(
        ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, string fault, Exception? cause = null) =>
        LayerTree.Fault($"'{Shown.Text(path)}' is a hard link to '{Shown.Text(target)}', {fault}", cause);
}
