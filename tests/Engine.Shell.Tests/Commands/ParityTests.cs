using System.Diagnostics;
using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Commands;

/// <summary>
/// Each snippet of parity.txt prints the same in Engine.Shell and in pwsh. Where no pwsh is, there is nothing to hold
/// it against.
/// </summary>
public sealed class ParityTests
{
    [Fact]
    public async Task The_cmdlets_do_what_the_originals_do()
    {
        var pwsh = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(folder => Path.Combine(folder, "pwsh"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(pwsh is null, "no pwsh is on PATH");
        using var folder = new TemporaryDirectory();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Commands", "parity.txt"), folder["parity.txt"]);
        var script = folder.Write("s.ps1", """
            foreach ($s in Get-Content $PSScriptRoot/parity.txt) {
                "### $s"
                try { & ([scriptblock]::Create($s)) 2>&1 | Out-String -Width 100 | % { $_.TrimEnd() -replace ' +\r?\n', "`n" } }
                catch { "THROWN $_" }
            }
            """);
        var ours = await ShellProgram.RunAsync(script);
        var start = new ProcessStartInfo(pwsh!, ["-NoLogo", "-NoProfile", "-NonInteractive", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var theirs = await ShellProgram.EndAsync(
            process, output, process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        var differences = Sections(theirs.Output).Zip(Sections(ours.Output)).Where(pair => pair.First != pair.Second)
            .Select(pair => $"pwsh: {pair.First}\nEngine.Shell: {pair.Second}");
        Assert.Equal("", string.Join('\n', differences));
    }

    private static string[] Sections(string output) => output.Split("### ");
}
