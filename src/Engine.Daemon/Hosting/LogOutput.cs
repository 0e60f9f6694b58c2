using Engine.Daemon.Configuration;

namespace Engine.Daemon.Hosting;

/// <summary>Where log lines go, and how they look: standard error, in the form that its reader understands.</summary>
internal static class LogOutput
{
    private const string UtcTime = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>Sets up logging.</summary>
    public static void Configure(ILoggingBuilder logging, EngineConfiguration configuration)
    {
        logging.SetMinimumLevel(configuration.LogLevel);
        // Kestrel and gRPC log a line or two a call at Information; that is for those who look for a fault.
        if (configuration.LogLevel == LogLevel.Information)
        {
            logging.AddFilter("Microsoft", LogLevel.Warning);
            logging.AddFilter("Grpc", LogLevel.Warning);
        }

        // It would log, with a stack trace, the error that the process is about to end with anyway.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (configuration.LogFormat == LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.IncludeScopes = true;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = UtcTime;
            });
        }
        else if (IsReadByJournal())
        {
            logging.AddSystemdConsole(systemd => systemd.IncludeScopes = true);
        }
        else
        {
            logging.AddSimpleConsole(text =>
            {
                text.IncludeScopes = true;
                text.SingleLine = true;
                text.UseUtcTimestamp = true;
                text.TimestampFormat = $"{UtcTime} ";
            });
        }
    }

    // systemd.exec(5): JOURNAL_STREAM holds device and inode of the journal's stream, and children inherit the variable
    // even when their standard error goes elsewhere. /proc/self/fd/2 is then "socket:[inode]".
    private static bool IsReadByJournal() =>
        Environment.GetEnvironmentVariable("JOURNAL_STREAM")?.Split(':') is [_, var inode]
        && new FileInfo("/proc/self/fd/2").LinkTarget == $"socket:[{inode}]";
}
