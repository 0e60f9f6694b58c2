namespace Engine.Daemon.Configuration;

/// <summary>The log level, by Docker's names.</summary>
internal static class LogLevelSetting
{
    /// <summary>The level; null after a fault.</summary>
    public static LogLevel? Level(SettingValue value) =>
        value.OneOf("trace", "debug", "info", "warn", "error", "fatal") switch
        {
            "trace" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            "fatal" => LogLevel.Critical,
            _ => null,
        };
}
