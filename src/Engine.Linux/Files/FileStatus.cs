using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>What lstat(2) says of a path: the file itself, never what a symbolic link points to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Permissions">The low twelve bits of its mode.</param>
/// <param name="UserId">The number of its owner.</param>
/// <param name="GroupId">The number of its group.</param>
public readonly record struct FileStatus(FileKind Kind, UnixFileMode Permissions, uint UserId, uint GroupId)
{
    private const int FileTypeMask = 0xF000; // S_IFMT

    /// <summary>Looks at a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>What is there, or null when nothing is.</returns>
    /// <exception cref="Win32Exception">It could not be looked at.</exception>
    public static unsafe FileStatus? Read(string path)
    {
        stat status;
        int result;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + '\0'))
        {
            result = lstat(bytes, &status);
        }

        if (result != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == ENOENT || error == ENOTDIR
                ? null
                : throw new Win32Exception(error, $"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        int mode = (ushort)status.st_mode;
        return new FileStatus(
            (FileKind)(mode & FileTypeMask), (UnixFileMode)(mode & 0xFFF), status.st_uid, status.st_gid);
    }
}
