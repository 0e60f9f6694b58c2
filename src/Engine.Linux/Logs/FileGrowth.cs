using Engine.Linux.Interop;
using Engine.Linux.Processes;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Logs;

/// <summary>Tells when somebody wrote to a file (inotify(7)).</summary>
internal sealed class FileGrowth : IDisposable
{
    private const uint Modified = 2;

    private readonly SafeFileHandle _queue;

    private FileGrowth(SafeFileHandle queue) => _queue = queue;

    internal static FileGrowth Watch(string path)
    {
        int fd = FileCalls.INotifyInit1(O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
        {
            throw LinuxError.FromLast("inotify_init1", path);
        }

        SafeFileHandle queue = new(fd, ownsHandle: true);
        if (FileCalls.INotifyAddWatch(fd, path, Modified) < 0)
        {
            Exception failure = LinuxError.FromLast("inotify_add_watch", path);
            queue.Dispose();
            throw failure;
        }

        return new FileGrowth(queue);
    }

    /// <summary>Completes at the next write, at one since the last call, or when nobody will write any more.</summary>
    internal async Task WaitAsync(Task completed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task written = ReadinessWatcher.Shared.WaitReadableAsync(_queue, done.Token);
        await Task.WhenAny(written, completed).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        Drain();
    }

    public void Dispose() => _queue.Dispose();

    private unsafe void Drain()
    {
        byte* events = stackalloc byte[4096];
        long got;
        do
        {
            got = read((int)_queue.DangerousGetHandle(), events, 4096);
        }
        while (got > 0);
    }
}
