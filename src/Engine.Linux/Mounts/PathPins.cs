using Engine.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Mounts;

/// <summary>
/// Descriptors that stand for paths while a mount is made. fsconfig(2) takes at most 255 bytes, and overlayfs gives the
/// colon, the comma and the backslash a meaning of their own; <c>/proc/self/fd/N</c> has neither trouble.
/// </summary>
internal sealed unsafe class PathPins : IDisposable
{
    private const int LongestString = 255;
    private readonly List<int> _fds = [];

    internal string Argument(string path) =>
        System.Text.Encoding.UTF8.GetByteCount(path) > LongestString || path.AsSpan().IndexOfAny(":,\\") >= 0 ? Pin(path) : path;

    internal string Pin(string path)
    {
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            int fd = open(name, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
            if (fd < 0)
            {
                throw LinuxError.FromLast("open", path);
            }

            _fds.Add(fd);
            return $"/proc/self/fd/{fd}";
        }
    }

    public void Dispose()
    {
        foreach (int fd in _fds)
        {
            _ = close(fd);
        }
    }
}
