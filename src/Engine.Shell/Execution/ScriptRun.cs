using System.Management.Automation.Language;
using Engine.Shell.CommandLine;
using Engine.Shell.Hosting;

namespace Engine.Shell.Execution;

/// <summary>-File: a script with its arguments.</summary>
internal static class ScriptRun
{
    /// <summary>Runs the script; returns pwsh's exit code for it (about_Pwsh, -File).</summary>
    public static int Run(ShellSession session, PipelineRunner runner, string path, IReadOnlyList<string> arguments)
    {
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            Console.Error.WriteLine(
                $"The argument '{path}' is not recognized as the name of a script file. Check the spelling of the name, or "
                + "if a path was included, verify that the path is correct and try again.");
            return ShellOptionsParser.BadCommandLine;
        }

        var script = Parser.ParseFile(file, out _, out var errors);
        var input = errors.Length == 0 ? StandardInput.For(script) : null;
        var call = ScriptArguments.Call(file, arguments);
        var outcome = runner.Run(pipeline => pipeline.AddScript(input is null ? call : "$input | " + call), input);

        // A script's `exit n` sets $LASTEXITCODE and, with n other than 0, makes the script's call fail; a native
        // command that failed inside sets the first alone, and is the script's own affair. A script that does not parse
        // or whose parameters do not bind makes the call fail alone.
        var completed = runner.LastCommandSucceeded() ? 0 : Math.Max(1, runner.LastExitCode());
        return ExitCodes.Of(session, outcome, completed);
    }
}
