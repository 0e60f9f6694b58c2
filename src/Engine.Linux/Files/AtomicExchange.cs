using Engine.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>Exchanges what two names stand for, in one step: at no time is either of them missing (renameat2(2)).</summary>
public static unsafe class AtomicExchange
{
    private const uint RenameExchange = 2;

    /// <summary>Exchanges two files or directories on the same file system.</summary>
    /// <param name="first">A path that the engine itself chose.</param>
    /// <param name="second">Another one.</param>
    /// <exception cref="LinuxException">One is not there (ENOENT), or the file system cannot do it (EINVAL).</exception>
    public static void Run(string first, string second)
    {
        fixed (byte* one = Utf8Path.Terminated(first))
        fixed (byte* two = Utf8Path.Terminated(second))
        {
            if (FileCalls.RenameAt2(AT_FDCWD, one, AT_FDCWD, two, RenameExchange) != 0)
            {
                throw LinuxError.FromLast("renameat2", second);
            }
        }
    }
}
