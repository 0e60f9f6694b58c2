using Engine.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Engine.Linux.Mounts;

/// <summary>mount(2), and what a failure to mount means.</summary>
internal static unsafe class MountCall
{
    internal static void Mount(string? source, string target, string? type, ulong flags, string? data)
    {
        fixed (byte* s = source is null ? null : Utf8Path.Terminated(source))
        fixed (byte* t = Utf8Path.Terminated(target))
        fixed (byte* f = type is null ? null : Utf8Path.Terminated(type))
        fixed (byte* d = data is null ? null : Utf8Path.Terminated(data))
        {
            if (mount(s, t, f, (ulong_t)flags, d) != 0)
            {
                throw Failure(LinuxError.Last, "mount", target, null);
            }
        }
    }

    /// <summary>ENOSPC of a mount is no full disk but the limit on mounts (proc(5), /proc/sys/fs/mount-max).</summary>
    internal static Exception Failure(int error, string call, string target, string? detail) =>
        error == ENOSPC
            ? new EngineException(
                EngineErrorCode.LimitExceeded, EngineErrorReason.NotSupportedByHost,
                $"Nothing more can be mounted at '{target}': the limit in /proc/sys/fs/mount-max is reached.", target,
                new LinuxException(error, call, target, detail))
            : LinuxError.From(error, call, target, detail);
}
