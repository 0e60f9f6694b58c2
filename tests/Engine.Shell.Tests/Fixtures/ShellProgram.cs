using System.Diagnostics;

namespace Engine.Shell.Tests.Fixtures;

/// <summary>The built Engine.Shell, as a user starts it.</summary>
internal static class ShellProgram
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The executable of the same configuration as this test assembly.</summary>
    public static string Path { get; } = Find();

    /// <summary>Runs it to its end.</summary>
    public static Task<ShellResult> RunAsync(params string[] arguments) => RunAsync(arguments, input: "");

    /// <summary>Runs it to its end, with a text on its standard input.</summary>
    public static async Task<ShellResult> RunAsync(string[] arguments, string input, string? folder = null)
    {
        using var process = Start(arguments, folder);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process, output, error);
    }

    /// <summary>Starts it with pipes on its streams; the module, which costs time, stays out.</summary>
    public static Process Start(string[] arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(Path, ["-NoProfile", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "/",
        };
        start.Environment["ENGINE_MODULE"] = "/nonexistent";
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end, and fails the test when it does not come.</summary>
    public static async Task<ShellResult> EndAsync(Process process, Task<string> output, Task<string> error)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The shell did not end. Output: {await output} Errors: {await error}");
        }

        return new ShellResult(process.ExitCode, await output, await error);
    }

    private static string Find()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Engine.psd1")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the source tree.");
        }

        var built = System.IO.Path.Combine(folder.FullName, "src", "Engine.Shell", "bin", configuration, "net10.0");
        return Directory.EnumerateFiles(built, "Engine.Shell", SearchOption.AllDirectories).First();
    }
}
