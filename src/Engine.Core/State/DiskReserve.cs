namespace Engine.Core.State;

/// <summary>
/// Room that is kept free on the engine's disk, so that on a full one the engine can still start, record how containers
/// ended, and remove things: what fills a disk could otherwise never be removed from it.
/// </summary>
internal sealed class DiskReserve(string path)
{
    /// <summary>Some hundred changes of a row, the write-ahead log's index and its growth.</summary>
    private const int Size = 1 << 20;

    private bool _isKept;

    /// <summary>Sets the room aside, if there is any.</summary>
    public void Keep()
    {
        if (_isKept)
        {
            return;
        }

        try
        {
            // The blocks are allocated (posix_fallocate(3)): a file with a hole keeps nothing free.
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                PreallocationSize = Size,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            _isKept = true;
        }
        catch (IOException)
        {
            // The disk is still full; the next change tries again.
            Release();
        }
    }

    /// <summary>Frees the room; false when there is none to free.</summary>
    public bool Release()
    {
        _isKept = false;
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }
}
