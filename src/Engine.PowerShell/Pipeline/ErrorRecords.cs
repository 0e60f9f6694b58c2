using System.Management.Automation;

namespace Engine.Commands;

/// <summary>The one place where the module makes error records: the id is the reason, the category follows from the code.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an error.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="target">The object it is about, where the cmdlet knows better than the error does.</param>
    public static ErrorRecord From(Exception error, object? target = null)
    {
        EngineException known = error as EngineException ?? Foreign(error);
#pragma warning disable RS0030 // This is the place that the ban sends everyone to.
        return new ErrorRecord(error, known.Reason, Category(known), target ?? known.Target);
#pragma warning restore RS0030
    }

    private static ErrorCategory Category(EngineException error) => error.Code switch
    {
        // Nothing of the engine failed: a program did, as it may.
        _ when error.Reason is EngineErrorReason.ContainerExitedNonZero or EngineErrorReason.ContainerStandardError =>
            ErrorCategory.InvalidResult,
        EngineErrorCode.NotFound => ErrorCategory.ObjectNotFound,
        EngineErrorCode.InvalidArgument => ErrorCategory.InvalidArgument,
        EngineErrorCode.AlreadyExists => ErrorCategory.ResourceExists,
        EngineErrorCode.Conflict => ErrorCategory.InvalidOperation,
        EngineErrorCode.Busy => ErrorCategory.ResourceBusy,
        EngineErrorCode.PermissionDenied => ErrorCategory.PermissionDenied,
        EngineErrorCode.Unauthenticated => ErrorCategory.AuthenticationError,
        EngineErrorCode.LimitExceeded => ErrorCategory.LimitsExceeded,
        EngineErrorCode.Unavailable when error.Reason == EngineErrorReason.EngineNotRunning => ErrorCategory.ConnectionError,
        EngineErrorCode.Unavailable => ErrorCategory.ResourceUnavailable,
        EngineErrorCode.Timeout => ErrorCategory.OperationTimeout,
        EngineErrorCode.NotSupported => ErrorCategory.NotImplemented,
        EngineErrorCode.Corrupt => ErrorCategory.InvalidData,
        EngineErrorCode.Cancelled => ErrorCategory.OperationStopped,
        _ => ErrorCategory.NotSpecified,
    };

    // Files and programs of the client's own machine; everything else that is not an EngineException is a defect.
    private static EngineException Foreign(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException or ItemNotFoundException =>
            new EngineException(EngineErrorCode.NotFound, EngineErrorReason.FileNotFound, error.Message),
        UnauthorizedAccessException =>
            new EngineException(EngineErrorCode.PermissionDenied, EngineErrorReason.PermissionDenied, error.Message),
        IOException =>
            new EngineException(EngineErrorCode.Unavailable, EngineErrorReason.FileNotReadable, error.Message),
        _ => new EngineException(EngineErrorCode.Internal, EngineErrorReason.Internal, error.Message),
    };
}
