using System.Runtime.InteropServices;

namespace Engine.Daemon.Hosting;

internal sealed partial class EngineLifetime
{
    [LoggerMessage(100, LogLevel.Information, "{Signal}: the engine ends when the calls that run now have ended; containers run on")]
    private static partial void Stopping(ILogger logger, PosixSignal signal);

    [LoggerMessage(101, LogLevel.Warning, "{Signal} again: the calls that still run are cut off")]
    private static partial void Hurrying(ILogger logger, PosixSignal signal);

    [LoggerMessage(102, LogLevel.Information, "SIGHUP: ignored; this engine reads its configuration when it starts")]
    private static partial void Ignoring(ILogger logger);
}
