using Engine.Linux.Interop;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Processes;

/// <summary>
/// A process, child or not, held by a pidfd: unlike a number it cannot come to mean another process. Needs Linux 5.3.
/// </summary>
public sealed unsafe class ProcessHandle : IDisposable
{
    private readonly SafeFileHandle _fd;

    private ProcessHandle(int pid, SafeFileHandle fd)
    {
        Pid = pid;
        _fd = fd;
    }

    /// <summary>The process' number, as this process' PID namespace counts.</summary>
    public int Pid { get; }

    /// <summary>Opens a process; null when there is none of that number.</summary>
    public static ProcessHandle? TryOpen(int pid)
    {
        if (pid <= 0)
        {
            return null;
        }

        nint fd = Syscall.Invoke(Syscall.PidfdOpen, pid);
        return fd >= 0
            ? new ProcessHandle(pid, new SafeFileHandle(fd, ownsHandle: true))
            : LinuxError.Last == ESRCH || LinuxError.Last == EINVAL ? null : throw LinuxError.FromLast("pidfd_open", $"pid {pid}");
    }

    /// <summary>
    /// Opens the process that was seen before as <paramref name="identity"/>; null when it is gone, even if its number is in
    /// use again. The start time is compared after opening, so that nothing can slip in between.
    /// </summary>
    public static ProcessHandle? TryOpen(ProcessInstance identity)
    {
        ProcessHandle? handle = TryOpen(identity.Pid);
        if (handle is not null && ProcessStatus.TryRead(identity.Pid)?.Identity != identity)
        {
            handle.Dispose();
            return null;
        }

        return handle;
    }

    /// <summary>Sends a signal; false when the process has ended.</summary>
    public bool Send(Signal signal) =>
        Syscall.Invoke(Syscall.PidfdSendSignal, _fd.DangerousGetHandle(), signal.Number) == 0
        || (LinuxError.Last == ESRCH ? false : throw LinuxError.FromLast("pidfd_send_signal", $"pid {Pid}"));

    /// <summary>Whether it has ended; a zombie that nobody collected has.</summary>
    public bool HasExited
    {
        get
        {
            pollfd query = new() { fd = (int)_fd.DangerousGetHandle(), events = POLLIN };
            return Tmds.Linux.LibC.poll(&query, 1, 0) > 0;
        }
    }

    /// <summary>Completes when the process has ended.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken = default) =>
        HasExited ? Task.CompletedTask : ReadinessWatcher.Shared.WaitReadableAsync(_fd, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _fd.Dispose();

    /// <summary>Collects an ended child; null when it is not our child, or somebody else collected it.</summary>
    internal ExitStatus? Reap()
    {
        const int CodeExited = 1;
        const int SignalInfoSize = 128;
        byte* info = stackalloc byte[SignalInfoSize];
        while (ProcessCalls.WaitId(ProcessCalls.PPidFd, (int)_fd.DangerousGetHandle(), info, ProcessCalls.WExited) != 0)
        {
            if (LinuxError.Last != EINTR)
            {
                return LinuxError.Last == ECHILD ? null : throw LinuxError.FromLast("waitid", $"pid {Pid}");
            }
        }

        // siginfo_t of SIGCHLD on 64 bits: si_code at 8, si_status at 24.
        int code = *(int*)(info + 8);
        int status = *(int*)(info + 24);
        return code == CodeExited ? new ExitStatus(status, null) : new ExitStatus(128 + status, new Signal(status));
    }
}
