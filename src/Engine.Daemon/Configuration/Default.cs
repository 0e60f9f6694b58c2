namespace Engine.Daemon.Configuration;

/// <summary>The values of settings that nobody set (design.md, section 8).</summary>
internal static class Default
{
    public const string DataRoot = "/var/lib/engine";
    public const string ExecRoot = "/run/engine";
    public const string Group = "engine";
    public const string SocketName = "engine.sock";

    /// <summary>As dockerd's shutdown-timeout.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);
}
