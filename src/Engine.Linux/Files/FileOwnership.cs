using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>Who owns a file.</summary>
public static class FileOwnership
{
    /// <summary>Changes the group of a file, and leaves its owner (lchown(2): a symbolic link is not followed).</summary>
    /// <param name="path">The path.</param>
    /// <param name="groupId">The group's number.</param>
    /// <exception cref="Win32Exception">It could not be changed.</exception>
    public static unsafe void SetGroup(string path, uint groupId)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (lchown(bytes, uint.MaxValue, groupId) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                throw new Win32Exception(error, $"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }
}
