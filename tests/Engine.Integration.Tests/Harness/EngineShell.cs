using System.Diagnostics;

namespace Engine.Integration.Tests.Harness;

/// <summary>Engine's own console host, with the module, as a process of its own.</summary>
internal static class EngineShell
{
    /// <summary>Where the sources are.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Engine.psd1")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new FileNotFoundException($"No Engine.psd1 above {AppContext.BaseDirectory}.");
        }
    }

    /// <summary>The program.</summary>
    public static string Path
    {
        get
        {
            // Of the same configuration and framework as the tests; an executable may lie in the folder of its runtime.
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
            string built = System.IO.Path.Combine(Root, "src", "Engine.Shell", "bin", output.Parent!.Name, output.Name);
            return Directory.EnumerateFiles(built, "Engine.Shell", SearchOption.AllDirectories).First();
        }
    }

    /// <summary>Runs a script in it.</summary>
    /// <returns>All that it wrote, to both streams.</returns>
    public static async Task<string> RunAsync(
        string script, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("engine-test-");
        try
        {
            string file = System.IO.Path.Combine(folder.FullName, "script.ps1");
            await File.WriteAllTextAsync(file, $"Import-Module '{System.IO.Path.Combine(Root, "Engine.psd1")}'\n{script}", cancellationToken);
            var start = new ProcessStartInfo(Path, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", file])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            };
            foreach ((string name, string value) in environment)
            {
                start.Environment[name] = value;
            }

            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return await output + errors;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
