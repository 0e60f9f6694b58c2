using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Processes;

/// <summary>
/// One thread in epoll_wait(2) for all descriptors that anybody waits for: a pidfd that becomes readable when its process
/// ends, the pipe that conmon answers on, an inotify queue. A hundred waiting containers cost no hundred threads.
/// </summary>
internal sealed class ReadinessWatcher
{
    private static readonly Lazy<ReadinessWatcher> s_shared = new(() => new ReadinessWatcher());

    private readonly int _epoll;
    private readonly ConcurrentDictionary<long, Registration> _waiting = new();
    private long _lastKey;

    private ReadinessWatcher()
    {
        _epoll = epoll_create1(EPOLL_CLOEXEC);
        if (_epoll < 0)
        {
            throw LinuxError.FromLast("epoll_create1");
        }

        Thread thread = new(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "readiness" };
        thread.Start();
    }

    internal static ReadinessWatcher Shared => s_shared.Value;

    /// <summary>
    /// Completes when the descriptor is readable or its other end has closed. The handle is kept open meanwhile, so that
    /// its number cannot come to mean another file.
    /// </summary>
    internal async Task WaitReadableAsync(SafeFileHandle handle, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // epoll refuses the same open file twice, and two callers may wait for one process: each wait has its own.
        int fd = fcntl((int)handle.DangerousGetHandle(), F_DUPFD_CLOEXEC, 0);
        if (fd < 0)
        {
            throw LinuxError.FromLast("fcntl");
        }

        using SafeFileHandle own = new(fd, ownsHandle: true);
        long key = Interlocked.Increment(ref _lastKey);
        Registration registration = new();
        _waiting[key] = registration;
        try
        {
            Add(fd, key);
            await registration.Ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _waiting.TryRemove(key, out _);
            Remove(fd);
            GC.KeepAlive(handle);
        }
    }

    private unsafe void Add(int fd, long key)
    {
        epoll_event interest = new() { events = EPOLLIN | EPOLLONESHOT };
        interest.data.u64 = (ulong)key;
        if (epoll_ctl(_epoll, EPOLL_CTL_ADD, fd, &interest) != 0)
        {
            throw LinuxError.FromLast("epoll_ctl");
        }
    }

    private unsafe void Remove(int fd)
    {
        epoll_event unused = default;
        _ = epoll_ctl(_epoll, EPOLL_CTL_DEL, fd, &unused);
    }

    private unsafe void Run()
    {
        const int Batch = 64;
        epoll_event* events = stackalloc epoll_event[Batch];
        while (true)
        {
            int count = epoll_wait(_epoll, events, Batch, -1);
            if (count < 0 && Marshal.GetLastPInvokeError() != EINTR)
            {
                Environment.FailFast($"epoll_wait failed with error {Marshal.GetLastPInvokeError()}.");
            }

            for (int i = 0; i < count; i++)
            {
                if (_waiting.TryGetValue((long)events[i].data.u64, out Registration? registration))
                {
                    registration.Ready.TrySetResult();
                }
            }
        }
    }

    private sealed class Registration
    {
        internal TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
