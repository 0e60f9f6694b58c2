using Grpc.Core;

namespace Engine.Protocol;

/// <summary>The one table of error codes and gRPC statuses. Each has exactly one of the other.</summary>
public static class EngineStatusCode
{
    /// <summary>The status that a code travels as.</summary>
    public static StatusCode ToWire(this EngineErrorCode code) => code switch
    {
        EngineErrorCode.NotFound => StatusCode.NotFound,
        EngineErrorCode.InvalidArgument => StatusCode.InvalidArgument,
        EngineErrorCode.AlreadyExists => StatusCode.AlreadyExists,
        EngineErrorCode.Conflict => StatusCode.FailedPrecondition,
        EngineErrorCode.Busy => StatusCode.Aborted,
        EngineErrorCode.PermissionDenied => StatusCode.PermissionDenied,
        EngineErrorCode.Unauthenticated => StatusCode.Unauthenticated,
        EngineErrorCode.LimitExceeded => StatusCode.ResourceExhausted,
        EngineErrorCode.Unavailable => StatusCode.Unavailable,
        EngineErrorCode.Timeout => StatusCode.DeadlineExceeded,
        EngineErrorCode.NotSupported => StatusCode.Unimplemented,
        EngineErrorCode.Corrupt => StatusCode.DataLoss,
        EngineErrorCode.Cancelled => StatusCode.Cancelled,
        _ => StatusCode.Internal,
    };

    /// <summary>The code that a status stands for. Statuses that Engine never sends count as the nearest one.</summary>
    public static EngineErrorCode ToModel(this StatusCode status) => status switch
    {
        StatusCode.NotFound => EngineErrorCode.NotFound,
        StatusCode.InvalidArgument or StatusCode.OutOfRange => EngineErrorCode.InvalidArgument,
        StatusCode.AlreadyExists => EngineErrorCode.AlreadyExists,
        StatusCode.FailedPrecondition => EngineErrorCode.Conflict,
        StatusCode.Aborted => EngineErrorCode.Busy,
        StatusCode.PermissionDenied => EngineErrorCode.PermissionDenied,
        StatusCode.Unauthenticated => EngineErrorCode.Unauthenticated,
        StatusCode.ResourceExhausted => EngineErrorCode.LimitExceeded,
        StatusCode.Unavailable => EngineErrorCode.Unavailable,
        StatusCode.DeadlineExceeded => EngineErrorCode.Timeout,
        StatusCode.Unimplemented => EngineErrorCode.NotSupported,
        StatusCode.DataLoss => EngineErrorCode.Corrupt,
        StatusCode.Cancelled => EngineErrorCode.Cancelled,
        _ => EngineErrorCode.Internal,
    };
}
