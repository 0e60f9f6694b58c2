using Engine.Daemon.Grpc;
using Engine.Protocol;
using Engine.Protocol.V1;
using Grpc.Core;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Daemon.Tests.Grpc;

public sealed class ErrorInterceptorTests : IDisposable
{
    private readonly ApplicationLifetime _application = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly CancellationTokenSource _caller = new();
    private readonly KeptLog<ErrorInterceptor> _log = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task An_error_of_the_engine_arrives_as_it_was_thrown()
    {
        var thrown = new EngineException(EngineErrorCode.Conflict, EngineErrorReason.ContainerPaused, "web is paused.", "web");
        var arrived = await FailAsync(thrown);
        Assert.Equal((thrown.Code, thrown.Reason, thrown.Message, thrown.Target), (arrived.Code, arrived.Reason, arrived.Message, arrived.Target));
    }

    [Fact]
    public async Task A_defect_shows_the_caller_a_number_and_the_log_all_the_rest()
    {
        var arrived = await FailAsync(new InvalidOperationException("the secret of /etc/shadow"));
        Assert.Equal((EngineErrorCode.Internal, EngineErrorReason.Internal), (arrived.Code, arrived.Reason));
        Assert.DoesNotContain("secret", arrived.Message, StringComparison.Ordinal);
        var report = arrived.Message.Split(' ').Single(word => word.Length == 13 && word.EndsWith('.'))[..12];
        Assert.Contains(_log.Lines, line => line.Contains(report, StringComparison.Ordinal) && line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_internal_error_that_operations_throw_is_a_defect_too()
    {
        var arrived = await FailAsync(new EngineException(EngineErrorCode.Internal, EngineErrorReason.Internal, "the secret"));
        Assert.DoesNotContain("secret", arrived.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_its_caller_left_is_cancelled()
    {
        await _caller.CancelAsync();
        Assert.Equal(EngineErrorReason.Cancelled, (await FailAsync(new OperationCanceledException())).Reason);
        Assert.Equal(EngineErrorReason.Cancelled, (await FailAsync(new IOException("The client reset the request stream."))).Reason);
    }

    [Fact]
    public async Task A_cancellation_that_nobody_asked_for_is_a_defect() =>
        Assert.Equal(EngineErrorReason.Internal, (await FailAsync(new OperationCanceledException())).Reason);

    [Fact]
    public async Task A_full_disk_is_called_by_its_name()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
        var error = Record.Exception(() => full.Write("x"u8));
        var arrived = await FailAsync(error!);
        Assert.Equal((EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull), (arrived.Code, arrived.Reason));
    }

    [Fact]
    public async Task A_stopping_engine_takes_no_new_calls()
    {
        _application.StopApplication();
        var called = false;
        var error = await Assert.ThrowsAsync<RpcException>(() => Interceptor().UnaryServerHandler(
            new StartContainerRequest(), Context(), (_, _) => Task.FromResult(called = true).ContinueWith(_ => new StartContainerResponse(), TaskScheduler.Default)));
        Assert.Equal(EngineErrorReason.EngineStopping, error.ToEngineException().Reason);
        Assert.False(called);
    }

    [Fact]
    public async Task A_status_of_gRPC_itself_passes_unchanged()
    {
        var own = new RpcException(new Status(StatusCode.ResourceExhausted, "too large"));
        Assert.Same(own, await Assert.ThrowsAsync<RpcException>(() => CallAsync(own)));
    }

    private async Task<EngineException> FailAsync(Exception thrown) =>
        (await Assert.ThrowsAsync<RpcException>(() => CallAsync(thrown))).ToEngineException();

    private Task<StartContainerResponse> CallAsync(Exception thrown) =>
        Interceptor().UnaryServerHandler<StartContainerRequest, StartContainerResponse>(
            new StartContainerRequest { Container = "web" }, Context(), (_, _) => Task.FromException<StartContainerResponse>(thrown));

    private ErrorInterceptor Interceptor() => new(_application, _log);

    private CallContext Context() => new(_caller.Token);
}
