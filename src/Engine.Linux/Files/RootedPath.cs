namespace Engine.Linux.Files;

/// <summary>Takes paths apart without looking at the file system.</summary>
internal static class RootedPath
{
    /// <summary>Drops leading and trailing slashes and leading <c>./</c>: <c>./a/b/</c> is <c>a/b</c>, as archives write names.</summary>
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> path)
    {
        while (true)
        {
            ReadOnlySpan<byte> before = path;
            path = path.Trim((byte)'/');
            if (path.StartsWith("./"u8))
            {
                path = path[2..];
            }
            else if (path.EndsWith("/."u8))
            {
                path = path[..^2];
            }
            else if (path is [(byte)'.'])
            {
                return [];
            }

            if (path.Length == before.Length)
            {
                return path;
            }
        }
    }

    /// <summary>The parent, empty for the root itself, and the last component.</summary>
    internal static void Split(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> parent, out ReadOnlySpan<byte> name)
    {
        path = Trim(path);
        int slash = path.LastIndexOf((byte)'/');
        name = path[(slash + 1)..];
        parent = slash < 0 ? [] : Trim(path[..slash]);
    }
}
