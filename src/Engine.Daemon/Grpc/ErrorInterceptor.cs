using Engine.Protocol;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Engine.Daemon.Grpc;

/// <summary>
/// The one place where errors become statuses. A defect reaches the caller as a number that is also in the log: what an
/// unexpected exception says may be nobody else's business.
/// </summary>
internal sealed partial class ErrorInterceptor(IHostApplicationLifetime application, ILogger<ErrorInterceptor> logger)
    : Interceptor
{
    // errno of write(2) for a full disk and a full quota; .NET hands it on in HResult.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await RunAsync(context, request, async () => response = await continuation(request, context));
        return response!;
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        RunAsync(context, request, () => continuation(request, responseStream, context));

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await RunAsync(context, null, async () => response = await continuation(requestStream, context));
        return response!;
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        RunAsync(context, null, () => continuation(requestStream, responseStream, context));

    private async Task RunAsync(ServerCallContext context, object? request, Func<Task> call)
    {
        using var scope = logger.BeginScope(new CallScope(context.Method, request));
        try
        {
            if (application.ApplicationStopping.IsCancellationRequested)
            {
                throw Stopping();
            }

            await call();
        }
        catch (RpcException)
        {
            // Of gRPC itself: a message that is too large or cannot be parsed.
            throw;
        }
        catch (Exception error)
        {
            throw Explain(error, context).ToRpcException();
        }
    }

    private EngineException Explain(Exception error, ServerCallContext context)
    {
        switch (error)
        {
            case EngineException { Code: not EngineErrorCode.Internal } known:
                Failed(logger, context.Method, known.Reason, known.Message);
                return known;
            case not EngineException when context.CancellationToken.IsCancellationRequested:
                return application.ApplicationStopping.IsCancellationRequested
                    ? Stopping()
                    : new EngineException(
                        EngineErrorCode.Cancelled, EngineErrorReason.Cancelled, "The call was cancelled.", innerException: error);
            case IOException { HResult: NoSpace or QuotaExceeded }:
                Failed(logger, context.Method, EngineErrorReason.DiskFull, error.Message);
                return new EngineException(
                    EngineErrorCode.LimitExceeded,
                    EngineErrorReason.DiskFull,
                    $"The engine's disk is full: {error.Message}. Remove what is not needed, or give it more room.",
                    innerException: error);
            default:
                var report = Guid.NewGuid().ToString("N")[..12];
                Defect(logger, error, report, context.Method);
                return new EngineException(
                    EngineErrorCode.Internal,
                    EngineErrorReason.Internal,
                    $"The engine failed: report {report}. The engine's log says more under that number.",
                    innerException: error);
        }
    }

    private static EngineException Stopping() => new(
        EngineErrorCode.Unavailable,
        EngineErrorReason.EngineStopping,
        "The engine is stopping and takes no more calls. Its containers run on; ask again when it is back.");
}
