namespace Engine.Daemon.Grpc;

internal sealed partial class ErrorInterceptor
{
    [LoggerMessage(200, LogLevel.Debug, "{Method} failed: {Reason}: {Detail}")]
    private static partial void Failed(ILogger logger, string method, string reason, string detail);

    [LoggerMessage(201, LogLevel.Error, "Report {Report}: {Method} failed unexpectedly")]
    private static partial void Defect(ILogger logger, Exception exception, string report, string method);
}
