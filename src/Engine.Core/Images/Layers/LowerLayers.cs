using Engine.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Images.Layers;

/// <summary>The layers below one that is being unpacked, seen the way overlayfs will show them.</summary>
/// <param name="directories">Their directories, the topmost first.</param>
internal sealed class LowerLayers(IReadOnlyList<string> directories)
{
    /// <summary>Gives a directory the owner, mode, attributes and times that it has below, if it is there.</summary>
    public void CopyDirectoryMetadata(ReadOnlySpan<byte> path, RootedDirectory upper)
    {
        using var lower = Find(path, out var status);
        if (lower is not null && status.Kind == FileKind.Directory)
        {
            CopyMetadata(path, lower, status, upper);
        }
    }

    /// <summary>The status of a path; false when it is in no layer, or deleted.</summary>
    public bool TryGetStatus(ReadOnlySpan<byte> path, out FileStatus status)
    {
        using var layer = Find(path, out status);
        return layer is not null;
    }

    /// <summary>The target of a symbolic link that is there.</summary>
    public byte[] ReadLink(ReadOnlySpan<byte> path)
    {
        using var layer = Find(path, out _);
        return layer?.ReadLink(path) ?? [];
    }

    /// <summary>Copies something that is no directory into the upper layer, so that it can be linked to.</summary>
    public bool TryCopyUp(ReadOnlySpan<byte> path, RootedDirectory upper, out FileStatus status)
    {
        using var lower = Find(path, out status);
        if (lower is null)
        {
            return false;
        }

        switch (status.Kind)
        {
            case FileKind.Directory:
                return true;
            case FileKind.Regular:
                using (var source = lower.OpenFile(path))
                using (var target = upper.CreateFile(path))
                {
                    CopyContent(source, target, status.Size);
                }

                break;
            case FileKind.SymbolicLink:
                upper.CreateSymbolicLink(path, lower.ReadLink(path));
                break;
            default:
                upper.CreateNode(path, status.Kind, 0, status.RepresentedDevice);
                break;
        }

        CopyMetadata(path, lower, status, upper);
        return true;
    }

    /// <summary>The layer that a path is seen in; null when it is in none, or deleted.</summary>
    private RootedDirectory? Find(ReadOnlySpan<byte> path, out FileStatus status)
    {
        status = default;
        foreach (var directory in directories)
        {
            var layer = RootedDirectory.Open(directory, LinkResolution.None);
            var seen = Look(layer, path, out status);
            if (seen == Sight.There)
            {
                return layer;
            }

            layer.Dispose();
            if (seen == Sight.Hidden)
            {
                return null;
            }
        }

        return null;
    }

    private static Sight Look(RootedDirectory layer, ReadOnlySpan<byte> path, out FileStatus status)
    {
        if (path.IsEmpty)
        {
            // The root itself: every layer has one.
            return layer.TryGetStatus(path, out status) ? Sight.There : Sight.Hidden;
        }

        var opaque = IsOpaque(layer, []);
        status = default;
        for (var end = 0; end < path.Length;)
        {
            var slash = path[(end + 1)..].IndexOf((byte)'/');
            end = slash < 0 ? path.Length : end + 1 + slash;
            var part = path[..end];
            if (!layer.TryGetStatus(part, out status))
            {
                return opaque ? Sight.Hidden : Sight.Deeper;
            }

            if (status.IsWhiteout || (end < path.Length && status.Kind != FileKind.Directory))
            {
                return Sight.Hidden;
            }

            opaque |= status.Kind == FileKind.Directory && IsOpaque(layer, part);
        }

        return Sight.There;
    }

    private static bool IsOpaque(RootedDirectory layer, ReadOnlySpan<byte> path) =>
        layer.GetAttribute(path, LayerAttributes.Opaque) is [(byte)'y'];

    private static void CopyContent(SafeFileHandle source, SafeFileHandle target, long size)
    {
        var buffer = new byte[256 * 1024];
        for (var offset = 0L; offset < size;)
        {
            var read = RandomAccess.Read(source, buffer, offset);
            if (read == 0)
            {
                break;
            }

            target.WriteAt(buffer.AsSpan(0, read), offset);
            offset += read;
        }
    }

    private static void CopyMetadata(
        ReadOnlySpan<byte> path, RootedDirectory lower, FileStatus status, RootedDirectory upper)
    {
        upper.SetOwner(path, status.UserId, status.GroupId);
        if (status.Kind != FileKind.SymbolicLink)
        {
            upper.SetMode(path, status.Mode);
        }

        foreach (var name in lower.ListAttributes(path))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(name);
            if (!LayerAttributes.IsOverlays(bytes) && lower.GetAttribute(path, bytes) is { } value)
            {
                upper.SetAttribute(path, bytes, value);
            }
        }

        upper.SetTimes(path, status.ModificationTime, status.ModificationTime);
    }

    private enum Sight
    {
        /// <summary>The layer has it.</summary>
        There,

        /// <summary>The layer says nothing of it.</summary>
        Deeper,

        /// <summary>The layer has deleted it, or something else in its place.</summary>
        Hidden,
    }
}
