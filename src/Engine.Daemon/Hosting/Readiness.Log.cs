namespace Engine.Daemon.Hosting;

internal sealed partial class Readiness
{
    [LoggerMessage(105, LogLevel.Information, "The engine is ready")]
    private static partial void Ready(ILogger logger);
}
