using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>
/// The descriptors of the directories that were used last. Archives list a directory's entries one after the other,
/// so a few places are enough to resolve each directory about once.
/// </summary>
internal sealed class ParentCache : IDisposable
{
    private const int Places = 4;
    private readonly byte[]?[] _paths = new byte[Places][];
    private readonly int[] _fds = new int[Places];
    private int _next;

    internal bool TryGet(ReadOnlySpan<byte> path, out int fd)
    {
        for (int i = 0; i < Places; i++)
        {
            if (_paths[i] is { } known && path.SequenceEqual(known))
            {
                // What was asked for last stays through the next addition: a hard link needs two parents at once.
                _next = _next == i ? (i + 1) % Places : _next;
                fd = _fds[i];
                return true;
            }
        }

        fd = -1;
        return false;
    }

    internal void Add(ReadOnlySpan<byte> path, int fd)
    {
        if (_paths[_next] is not null)
        {
            _ = close(_fds[_next]);
        }

        _paths[_next] = path.ToArray();
        _fds[_next] = fd;
        _next = (_next + 1) % Places;
    }

    /// <summary>Forgets everything: after a removal or a rename a path may mean another directory than it did.</summary>
    internal void Clear()
    {
        for (int i = 0; i < Places; i++)
        {
            if (_paths[i] is not null)
            {
                _paths[i] = null;
                _ = close(_fds[i]);
            }
        }
    }

    public void Dispose() => Clear();
}
