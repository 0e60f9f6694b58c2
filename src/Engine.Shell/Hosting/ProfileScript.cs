namespace Engine.Shell.Hosting;

/// <summary>The user's own start script.</summary>
internal static class ProfileScript
{
    /// <summary>
    /// Beside pwsh's profiles, under this host's name, as each PowerShell host does (about_Profiles).
    /// </summary>
    public static string Path { get; } = System.IO.Path.Combine(
        ConfigurationHome, "powershell", ShellHost.HostName + "_profile.ps1");

    private static string ConfigurationHome =>
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } set
            ? set
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
}
