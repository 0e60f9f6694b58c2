using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Engine.Protocol;

/// <summary>
/// Errors on the wire: google.rpc.Status with a google.rpc.ErrorInfo (<see href="https://google.aip.dev/193">AIP-193</see>),
/// which holds the reason, the domain <c>engine</c>, and the target under <c>metadata["target"]</c>.
/// </summary>
public static class EngineStatus
{
    /// <summary>The domain of the reasons.</summary>
    public const string Domain = "engine";

    private const string TargetKey = "target";

    // Statuses travel in HTTP/2 trailers, base64 included, and clients refuse more than a few KiB of those: a message
    // that quotes a hostile name must not turn into a broken connection.
    private const int MaxMessageLength = 2048;
    private const int MaxTargetLength = 512;

    /// <summary>The status of an error.</summary>
    public static RpcStatus ToWire(this EngineException error)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = error.Reason };
        if (error.Target is { } target)
        {
            info.Metadata[TargetKey] = Cut(target, MaxTargetLength);
        }

        return new RpcStatus
        {
            Code = (int)error.Code.ToWire(),
            Message = Cut(error.Message, MaxMessageLength),
            Details = { Any.Pack(info) },
        };
    }

    /// <summary>The exception that ends a call with an error's status.</summary>
    public static RpcException ToRpcException(this EngineException error) => error.ToWire().ToRpcException();

    /// <summary>
    /// The error that a call ended with: the engine's own where it sent one; else what the status or its cause on this
    /// side (a connection that could not be made, a stream that broke) comes to.
    /// </summary>
    public static EngineException ToEngineException(this RpcException error)
    {
        RpcStatus? status = error.GetRpcStatus();
        if (status?.GetDetail<ErrorInfo>() is { Domain: Domain } info)
        {
            return new EngineException(
                ((StatusCode)status.Code).ToModel(),
                info.Reason,
                status.Message,
                info.Metadata.TryGetValue(TargetKey, out string? target) ? target : null,
                error);
        }

        return FromTransport(error);
    }

    private static EngineException FromTransport(RpcException error)
    {
        bool broken = false;
        for (Exception? cause = error.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is EngineException known)
            {
                return known;
            }

            broken |= cause is HttpRequestException or IOException;
        }

        string detail = error.Status.Detail;
        return error.StatusCode switch
        {
            StatusCode.Cancelled => New(EngineErrorReason.Cancelled, "The call was cancelled."),
            StatusCode.DeadlineExceeded =>
                New(EngineErrorReason.TimedOut, "The engine did not answer within the time that was allowed."),
            StatusCode.Unimplemented => New(
                EngineErrorReason.ProtocolMismatch,
                $"The engine does not know this call ({detail}). Use an engine and a client of the same version."),
            StatusCode.ResourceExhausted => New(EngineErrorReason.InputTooLarge, detail),
            StatusCode.PermissionDenied or StatusCode.Unauthenticated =>
                New(EngineErrorReason.EngineAccessDenied, detail),
            StatusCode.Unavailable => Lost(),
            _ when broken => Lost(),
            _ => New(EngineErrorReason.Internal, $"The engine failed: {detail}"),
        };

        EngineException New(string reason, string message) =>
            new(error.StatusCode.ToModel(), reason, message, innerException: error);

        EngineException Lost() => new(
            EngineErrorCode.Unavailable,
            EngineErrorReason.EngineNotRunning,
            $"The connection to the engine was lost: {detail}",
            innerException: error);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..length]}…";
}
