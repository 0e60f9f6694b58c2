using System.Diagnostics;

namespace Engine.Core.Tests.Images;

/// <summary>Runs the programs that archives in the wild are made with.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end, and gives what it printed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }

        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}{output}");
    }

    /// <summary>Runs a line of the shell.</summary>
    public static string Shell(string line) => Run("/bin/sh", "-euc", line);
}
