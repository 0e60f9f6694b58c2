using System.Diagnostics;
using Engine.Shell.Tests.Fixtures;

namespace Engine.Shell.Tests.Execution;

public sealed class SignalTests
{
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_the_script_and_lets_it_clean_up(string signal, int code)
    {
        using var folder = new TemporaryDirectory();
        var script = folder.Write(
            "s.ps1", "try { Write-Host ready; Start-Sleep 300; Write-Host no } finally { Write-Host cleaned }");
        using var process = ShellProgram.Start([script]);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using (var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var result = await ShellProgram.EndAsync(process, output, error);
        Assert.Equal((code, "cleaned"), (result.ExitCode, result.Output.Trim()));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_to_the_shell_alone_ends_the_native_command_too(string signal, int code)
    {
        using var folder = new TemporaryDirectory();
        using var process = ShellProgram.Start(
            [folder.Write("s.ps1", "sh -c 'echo ready; exec sleep 300'; Write-Host no")]);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using (var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var result = await ShellProgram.EndAsync(process, output, error);
        Assert.Equal((code, ""), (result.ExitCode, result.Output.Trim()));
    }
}
