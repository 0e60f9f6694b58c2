using System.Runtime.InteropServices;
using System.Text;
using static Tmds.Linux.LibC;

namespace Engine.Linux;

/// <summary>The one place that turns an error number into an exception.</summary>
internal static class LinuxError
{
    /// <summary>The error number of the last call that was made with SetLastError on this thread.</summary>
    internal static int Last => Marshal.GetLastPInvokeError();

    internal static Exception FromLast(string call, string? path = null) => From(Last, call, path);

    internal static Exception FromLast(string call, ReadOnlySpan<byte> path) => From(Last, call, Encoding.UTF8.GetString(path));

    internal static Exception From(int errno, string call, string? path, string? detail = null)
    {
        LinuxException cause = new(errno, call, path, detail);
        string target = path ?? call;
        if (errno == ENOSPC || errno == EDQUOT)
        {
            return new EngineException(
                EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull,
                $"No space is left on the device or in the quota of '{target}'. Free some and try again.", path, cause);
        }

        if (errno == EPERM || errno == EACCES)
        {
            return new EngineException(
                EngineErrorCode.PermissionDenied, EngineErrorReason.PermissionDenied,
                $"The engine may not do this on this host. {cause.Message}", path, cause);
        }

        return cause;
    }
}
