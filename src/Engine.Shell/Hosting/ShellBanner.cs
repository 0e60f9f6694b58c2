using System.Management.Automation;
using System.Management.Automation.Host;

namespace Engine.Shell.Hosting;

/// <summary>Who this is.</summary>
internal static class ShellBanner
{
    /// <summary>One line, as <c>-Version</c> prints it.</summary>
    public static string Version { get; } =
        $"Engine.Shell {typeof(ShellBanner).Assembly.GetName().Version!.ToString(3)} (PowerShell {PowerShellVersion})";

    private static string PowerShellVersion =>
        typeof(PSObject).Assembly.GetName().Version is { } version ? version.ToString(3) : "";

    /// <summary>Greets.</summary>
    public static void Write(PSHostUserInterface ui)
    {
        ui.WriteLine(Version);
        ui.WriteLine("Type 'Get-Command -Module Engine' for what Engine can do, 'exit' to leave.");
    }
}
