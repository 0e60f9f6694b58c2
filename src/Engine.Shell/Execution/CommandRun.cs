using System.Management.Automation.Language;
using Engine.Shell.Hosting;

namespace Engine.Shell.Execution;

/// <summary>-Command: text from the command line or from standard input.</summary>
internal static class CommandRun
{
    /// <summary>Runs the text; returns pwsh's exit code for it (about_Pwsh, -Command).</summary>
    public static int Run(ShellSession session, PipelineRunner runner, string text)
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        var input = errors.Length == 0 ? StandardInput.For(script) : null;
        var outcome = runner.Run(pipeline => pipeline.AddScript(text), input);
        return ExitCodes.Of(session, outcome, runner.LastCommandSucceeded() ? 0 : 1);
    }
}
