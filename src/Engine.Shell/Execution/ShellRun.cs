using System.Management.Automation;
using Engine.Shell.CommandLine;
using Engine.Shell.Hosting;
using Engine.Shell.Interactive;

namespace Engine.Shell.Execution;

/// <summary>From a read command line to the process's exit code.</summary>
internal static class ShellRun
{
    /// <summary>Opens a session and does what the options ask for.</summary>
    public static int Run(ShellOptions options)
    {
        using var session = ShellSession.Open(options.NonInteractive);
        var runner = new PipelineRunner(session);
        using var interrupts = new Interrupts(runner);
        var interactive = options.HasNoWork && !Console.IsInputRedirected;
        if (interactive && !options.NoLogo)
        {
            ShellBanner.Write(session.Host.UI);
        }

        LoadModule(session, runner, options, interactive);
        if (!options.NoProfile && File.Exists(ProfileScript.Path))
        {
            runner.Run(pipeline => pipeline.AddScript(". $PROFILE"));
        }

        var code = interactive ? 0 : RunWork(session, runner, options);
        var stay = interactive || (options.NoExit && session.Host.ExitCode is null);
        if (interrupts.Terminated)
        {
            return ExitCodes.Terminated;
        }

        return stay ? new ReadLoop(session, runner, interrupts).Run() : session.Host.ExitCode ?? code;
    }

    private static int RunWork(ShellSession session, PipelineRunner runner, ShellOptions options)
    {
        if (session.Host.ExitCode is { } leftInProfile)
        {
            return leftInProfile;
        }

        return options switch
        {
            { File: { } file } => ScriptRun.Run(session, runner, file, options.FileArguments),
            { Command: { } command } => CommandRun.Run(session, runner, command),
            _ => CommandRun.Run(session, runner, Console.In.ReadToEnd()),
        };
    }

    private static void LoadModule(ShellSession session, PipelineRunner runner, ShellOptions options, bool interactive)
    {
        if (options.File is not null)
        {
            session.ImportModuleOnDemand();
            return;
        }

        try
        {
            if (!session.ImportModule() && interactive)
            {
                session.Host.UI.WriteLine(
                    "The Engine module is not built yet: ./build.ps1 Build in the checkout builds it.");
            }
        }
        catch (RuntimeException error)
        {
            runner.WriteError(error.ErrorRecord);
        }
    }
}
