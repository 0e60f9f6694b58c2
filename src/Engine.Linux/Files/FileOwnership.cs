using Engine.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>Who owns a file.</summary>
public static class FileOwnership
{
    /// <summary>Changes the group of a file, and leaves its owner (lchown(2): a symbolic link is not followed).</summary>
    /// <param name="path">The path.</param>
    /// <param name="groupId">The group's number.</param>
    /// <exception cref="LinuxException">It could not be changed.</exception>
    public static unsafe void SetGroup(string path, uint groupId)
    {
        fixed (byte* bytes = Utf8Path.Terminated(path))
        {
            if (lchown(bytes, uint.MaxValue, groupId) != 0)
            {
                throw LinuxError.FromLast("lchown", path);
            }
        }
    }
}
