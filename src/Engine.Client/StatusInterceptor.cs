using Engine.Protocol;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Engine.Client;

/// <summary>
/// Turns the status that a call ends with into an <see cref="EngineException"/>, or into an
/// <see cref="OperationCanceledException"/> when the caller's token asked for that, for every shape of call.
/// </summary>
/// <remarks>
/// The channel's own ThrowOperationCanceledOnCancellation will not do: it makes a stream whose connection was never made
/// look cancelled, and hides why.
/// </remarks>
internal sealed class StatusInterceptor : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        AsyncUnaryCall<TResponse> call = continuation(request, context);
        CancellationToken asked = context.Options.CancellationToken;
        return new AsyncUnaryCall<TResponse>(
            TranslateAsync(call.ResponseAsync, asked),
            TranslateAsync(call.ResponseHeadersAsync, asked),
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        AsyncServerStreamingCall<TResponse> call = continuation(request, context);
        CancellationToken asked = context.Options.CancellationToken;
        return new AsyncServerStreamingCall<TResponse>(
            new Reader<TResponse>(call.ResponseStream, asked),
            TranslateAsync(call.ResponseHeadersAsync, asked),
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        AsyncDuplexStreamingCall<TRequest, TResponse> call = continuation(context);
        CancellationToken asked = context.Options.CancellationToken;
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            new Writer<TRequest>(call.RequestStream, asked),
            new Reader<TResponse>(call.ResponseStream, asked),
            TranslateAsync(call.ResponseHeadersAsync, asked),
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    private static async Task<T> TranslateAsync<T>(
        Task<T> task, CancellationToken asked, CancellationToken askedToo = default)
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            throw Translate(e, asked, askedToo);
        }
    }

    private static Exception Translate(RpcException error, CancellationToken asked, CancellationToken askedToo) =>
        error.StatusCode == StatusCode.Cancelled && (asked.IsCancellationRequested || askedToo.IsCancellationRequested)
            ? new OperationCanceledException(error.Status.Detail, error, asked.IsCancellationRequested ? asked : askedToo)
            : error.ToEngineException();

    private sealed class Reader<T>(IAsyncStreamReader<T> inner, CancellationToken asked) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public Task<bool> MoveNext(CancellationToken cancellationToken) =>
            TranslateAsync(inner.MoveNext(cancellationToken), asked, cancellationToken);
    }

    private sealed class Writer<T>(IClientStreamWriter<T> inner, CancellationToken asked) : IClientStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            try
            {
                await inner.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            }
            catch (RpcException e)
            {
                throw Translate(e, asked, cancellationToken);
            }
        }

        public Task CompleteAsync() => inner.CompleteAsync();
    }
}
