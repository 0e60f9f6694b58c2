using Engine.Linux.Accounts;
using Engine.Linux.Files;

namespace Engine.Daemon.Hosting;

/// <summary>The directory of a socket. Whoever can rename files in it can put a socket of his own in the engine's place.</summary>
internal static class SocketDirectory
{
    private const UnixFileMode Walkable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Makes the directory, or checks the one that is there.</summary>
    /// <exception cref="IOException">Others could replace what is in it.</exception>
    public static void Prepare(string path)
    {
        Directory.CreateDirectory(path, Walkable);
        var target = new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        if (FileStatus.Read(target) is not { } status)
        {
            throw new IOException($"the directory {path} is gone");
        }

        if (status.UserId != 0 && status.UserId != ProcessIdentity.UserId)
        {
            throw new IOException($"the directory {path} belongs to user {status.UserId}, who could replace the socket");
        }

        // In a sticky directory such as /tmp nobody can rename what is another's (inode(7)).
        if ((status.Permissions & WritableByOthers) != 0 && !status.Permissions.HasFlag(UnixFileMode.StickyBit))
        {
            throw new IOException($"others may write to the directory {path}, and could replace the socket; chmod go-w {path}");
        }
    }
}
