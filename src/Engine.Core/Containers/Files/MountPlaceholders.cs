using System.Text;
using Engine.Core.Images.Layers;
using Engine.Linux.Files;

namespace Engine.Core.Containers.Files;

/// <summary>
/// Tells what the runtime has made in a container's upper directory so that there is something to mount on: empty files
/// and directories, and directories on the way to them. They are no change of the container's.
/// </summary>
internal sealed class MountPlaceholders
{
    // As Linux: more links than that are a loop (path_resolution(7)).
    private const int MaxLinks = 40;
    private const uint RuntimeMode = 0x1ED; // 0755
    private const uint Sticky = 0x200; // what crun adds where a tmpfs goes

    private readonly RootedDirectory _upper;
    private readonly LowerLayers _lower;
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ancestors = new(StringComparer.Ordinal);

    public MountPlaceholders(RootedDirectory upper, LowerLayers lower, IEnumerable<string> targets)
    {
        _upper = upper;
        _lower = lower;
        foreach (var target in targets)
        {
            var path = LayerTree.Key(Resolve(Encoding.UTF8.GetBytes(target)));
            _targets.Add(path);
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                _ancestors.Add(path[..slash]);
            }
        }
    }

    /// <summary>Whether an entry of the upper directory is one, with all below it.</summary>
    public bool Contains(byte[] path, FileStatus status)
    {
        var key = LayerTree.Key(path);
        if (!_targets.Contains(key) && !_ancestors.Contains(key))
        {
            return false;
        }

        if (status.Kind != FileKind.Directory)
        {
            return status is { Kind: FileKind.Regular, Size: 0 } && _targets.Contains(key)
                && !_lower.TryGetStatus(path, out _);
        }

        var made = !_lower.TryGetStatus(path, out var below);
        var unchanged = made
            ? (status.Mode & ~Sticky) == RuntimeMode && status is { UserId: 0, GroupId: 0 }
            : below.Kind == FileKind.Directory && below.Mode == status.Mode && below.UserId == status.UserId
                && below.GroupId == status.GroupId && _upper.GetAttribute(path, LayerAttributes.Opaque) is null;
        return unchanged && HoldsNothingElse(path, mayBeEmpty: made);
    }

    private bool HoldsNothingElse(byte[] path, bool mayBeEmpty)
    {
        var any = false;
        foreach (var entry in _upper.List(path))
        {
            any = true;
            byte[] below = [.. path, (byte)'/', .. entry.NameBytes];
            if (_upper.TryGetStatus(below, out var status) && !Contains(below, status))
            {
                return false;
            }
        }

        return any || mayBeEmpty;
    }

    /// <summary>Where a path leads in the container, through its symbolic links; the last part is followed too.</summary>
    private byte[] Resolve(ReadOnlySpan<byte> target)
    {
        var rest = new Stack<string>();
        Push(rest, LayerTree.Key(target));
        var path = "";
        for (var links = 0; rest.TryPop(out var part);)
        {
            var slash = path.LastIndexOf('/');
            if (part == "..")
            {
                path = slash < 0 ? "" : path[..slash];
                continue;
            }

            var next = path.Length == 0 ? part : $"{path}/{part}";
            if (LinkAt(LayerTree.Path(next)) is not { } link || ++links > MaxLinks)
            {
                path = next;
                continue;
            }

            path = link.StartsWith('/') ? "" : path;
            Push(rest, link);
        }

        return LayerTree.Path(path);
    }

    private string? LinkAt(byte[] path)
    {
        if (_upper.TryGetStatus(path, out var status))
        {
            return status.Kind == FileKind.SymbolicLink ? LayerTree.Key(_upper.ReadLink(path)) : null;
        }

        return _lower.TryGetStatus(path, out status) && status.Kind == FileKind.SymbolicLink
            ? LayerTree.Key(_lower.ReadLink(path))
            : null;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var part in path.Split('/').Reverse().Where(part => part is not ("" or ".")))
        {
            rest.Push(part);
        }
    }
}
