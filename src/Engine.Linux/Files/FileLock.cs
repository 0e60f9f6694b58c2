using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Files;

/// <summary>
/// An exclusive lock on a file, held until disposed or until the process ends, however it ends. flock(2) belongs to the
/// open file, and the descriptor closes on exec, so that no child can hold the lock on.
/// </summary>
public sealed unsafe class FileLock : IDisposable
{
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int LockRelease = 8;

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock; null when somebody else, this process included, holds it.</summary>
    /// <param name="path">The lock file. It is made when it is missing, and never removed: removing it would let two hold it.</param>
    public static FileLock? TryAcquire(string path)
    {
        SafeFileHandle file;
        fixed (byte* name = Utf8Path.Terminated(path))
        {
            int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0x180 /* 0600 */);
            file = fd < 0 ? throw LinuxError.FromLast("open", path) : new SafeFileHandle(fd, ownsHandle: true);
        }

        if (FileCalls.FLock((int)file.DangerousGetHandle(), LockExclusive | LockNonBlocking) == 0)
        {
            return new FileLock(file);
        }

        Exception? failure = LinuxError.Last == EWOULDBLOCK ? null : LinuxError.FromLast("flock", path);
        file.Dispose();
        return failure is null ? null : throw failure;
    }

    /// <summary>Leaves text in the lock file for a person who wonders who holds it, such as the process' number.</summary>
    public void Describe(string text)
    {
        _file.SetLength(0);
        _file.WriteAt(System.Text.Encoding.UTF8.GetBytes(text), 0);
    }

    /// <summary>
    /// Releases the lock. Said explicitly, and not only by closing: a child that another thread is starting has a copy of
    /// the descriptor until its exec is through.
    /// </summary>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            _ = FileCalls.FLock((int)_file.DangerousGetHandle(), LockRelease);
            _file.Dispose();
        }
    }
}
