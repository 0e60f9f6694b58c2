namespace Engine.Daemon.Hosting;

internal sealed partial class PeerGate
{
    [LoggerMessage(110, LogLevel.Warning, "Refused a connection of process {ProcessId}, user {UserId}, group {GroupId}: neither root, nor the engine's user, nor in its group")]
    private static partial void Refused(ILogger logger, int processId, uint userId, uint groupId);

    [LoggerMessage(111, LogLevel.Debug, "Process {ProcessId} of user {UserId} connected")]
    private static partial void Accepted(ILogger logger, int processId, uint userId);

    [LoggerMessage(112, LogLevel.Warning, "Refused a connection: the kernel does not say whose it is")]
    private static partial void Unidentified(ILogger logger, Exception exception);
}
