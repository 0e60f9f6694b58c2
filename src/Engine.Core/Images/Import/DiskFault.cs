using Engine.Linux;

namespace Engine.Core.Images.Import;

/// <summary>Turns failures of the disk, from whichever library they come, into the engine's errors.</summary>
internal static class DiskFault
{
    // errno(3). .NET keeps the number as the exception's HResult.
    private const int NoSpace = 28;
    private const int OverQuota = 122;

    public static EngineException? Of(Exception error) => error switch
    {
        IOException { HResult: NoSpace or OverQuota } or LinuxException { Errno: NoSpace or OverQuota } => new(
            EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull,
            $"The disk of the engine's data is full ({error.Message.TrimEnd('.')}). Nothing was kept; free some space "
            + "and try again.",
            null, error),
        _ => null,
    };
}
