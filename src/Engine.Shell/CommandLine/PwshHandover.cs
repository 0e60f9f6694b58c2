using System.Diagnostics;

namespace Engine.Shell.CommandLine;

/// <summary>Finds a pwsh that can load the module, and runs it in this process's place.</summary>
internal static class PwshHandover
{
    private static readonly Version s_needed = new(7, 6);

    /// <summary>Runs pwsh with the same arguments; null when no pwsh of 7.6 or later is on PATH.</summary>
    public static int? TryRun(IReadOnlyList<string> arguments)
    {
        if (FindOnPath() is not { } pwsh || VersionOf(pwsh) is not { } version || version < s_needed)
        {
            return null;
        }

        // A terminal sends Ctrl+C to the whole foreground group: pwsh acts on it, and this process must outlive pwsh.
        Console.CancelKeyPress += (_, e) => e.Cancel = true;
        using var process = Process.Start(new ProcessStartInfo(pwsh, arguments) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string? FindOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "pwsh")).FirstOrDefault(File.Exists);

    // `pwsh -Version` prints "PowerShell 7.6.1" or "PowerShell 7.6.0-preview.2".
    private static Version? VersionOf(string pwsh)
    {
        var start = new ProcessStartInfo(pwsh, ["-NoLogo", "-NoProfile", "-Version"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var number = text.Split([' ', '\n', '-'], StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return Version.TryParse(number, out var version) ? version : null;
    }
}
