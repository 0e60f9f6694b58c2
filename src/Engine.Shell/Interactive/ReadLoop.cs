using Engine.Shell.Execution;
using Engine.Shell.Hosting;

namespace Engine.Shell.Interactive;

/// <summary>The prompt: read a command, run it, again.</summary>
internal sealed class ReadLoop(ShellSession session, PipelineRunner runner, Interrupts interrupts)
{
    private const string Continuation = ">> ";

    private readonly History _history = History.Load(History.DefaultPath);

    /// <summary>Runs up to <c>exit</c> or the input's end; returns the exit code.</summary>
    public int Run()
    {
        var editor = new LineEditor(hidden: false, _history, new Completer(session));
        while (session.Host.ExitCode is null && !interrupts.Terminated)
        {
            if (ReadCommand(editor) is not { } command)
            {
                break;
            }

            if (command.Trim().Length == 0)
            {
                continue;
            }

            _history.Add(command);
            runner.Run(pipeline => pipeline.AddScript(command));
        }

        return session.Host.ExitCode ?? 0;
    }

    // Null at the input's end; empty when Ctrl+C gave the line up.
    private string? ReadCommand(LineEditor editor)
    {
        var command = "";
        var prompt = PromptText();
        while (true)
        {
            if (Console.IsInputRedirected)
            {
                session.Host.UI.Write(prompt);
            }

            var line = Console.IsInputRedirected ? Console.In.ReadLine() : editor.ReadLine(prompt);
            if (line is null)
            {
                return editor.Cancelled ? "" : command.Length > 0 ? command : null;
            }

            command = command.Length == 0 ? line : command + "\n" + line;
            // An empty line ends a command that stays unfinished, and so shows what is wrong with it.
            if (line.Length == 0 || !IncompleteInput.Is(command))
            {
                return command;
            }

            prompt = Continuation;
        }
    }

    private string PromptText()
    {
        try
        {
            return runner.Evaluate("prompt") as string is { Length: > 0 } text ? text : "PS> ";
        }
        catch (System.Management.Automation.RuntimeException)
        {
            // The user's own prompt function is broken; the prompt is where it gets mended.
            return "PS> ";
        }
    }
}
