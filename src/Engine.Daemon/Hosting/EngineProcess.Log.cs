namespace Engine.Daemon.Hosting;

internal static partial class EngineProcess
{
    [LoggerMessage(120, LogLevel.Information, "engined {Version} starts on {DataRoot}")]
    private static partial void Starting(ILogger logger, string version, string dataRoot);

    [LoggerMessage(121, LogLevel.Information, "Listening on {Hosts}")]
    private static partial void Listening(ILogger logger, string hosts);

    [LoggerMessage(122, LogLevel.Information, "There is no group {Group}: only root and the engine's own user may use the sockets")]
    private static partial void NoGroup(ILogger logger, string group);

    [LoggerMessage(123, LogLevel.Information, "The engine has ended")]
    private static partial void Ended(ILogger logger);
}
