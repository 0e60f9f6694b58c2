using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Engine.Shell.Hosting;

namespace Engine.Shell.Execution;

/// <summary>Runs one pipeline with its output on the console, and can be interrupted from another thread.</summary>
internal sealed class PipelineRunner(ShellSession session)
{
    private readonly Lock _gate = new();
    private PowerShell? _running;
    private bool _stopping;

    /// <summary>A pipeline runs that was asked to stop.</summary>
    public bool IsStopping
    {
        get
        {
            lock (_gate)
            {
                return _stopping && _running is not null;
            }
        }
    }

    /// <summary>Stops what runs; false when nothing does.</summary>
    public bool Stop()
    {
        PowerShell? running;
        lock (_gate)
        {
            running = _running;
            _stopping = running is not null;
        }

        if (running is null)
        {
            return false;
        }

        // Stop() would wait here, on the signal's thread, for a cmdlet that may itself wait for this thread.
        running.BeginStop(null, null);
        return true;
    }

    /// <summary>
    /// Runs what <paramref name="compose"/> puts together; its output and errors go to the console in their order.
    /// </summary>
    public PipelineOutcome Run(Action<PowerShell> compose, IEnumerable<object>? input = null)
    {
        using var pipeline = session.CreatePipeline();
        compose(pipeline);
        pipeline.AddCommand("Out-Default");
        // The last command takes the errors of all before it, so that they keep their place between the output.
        pipeline.Commands.Commands[^1].MergeUnclaimedPreviousCommandResults =
            PipelineResultTypes.Error | PipelineResultTypes.Output;
        lock (_gate)
        {
            _running = pipeline;
            _stopping = false;
        }

        try
        {
            // A pipeline that is in the history is the user's own: only such a one leaves its $? behind.
            var settings = new PSInvocationSettings { AddToHistory = true, Host = session.Host };
            pipeline.Invoke(input, settings);
            // A pipeline that was stopped while a native command ran may end without an exception.
            return pipeline.InvocationStateInfo.State == PSInvocationState.Stopped || IsStopping
                ? PipelineOutcome.Stopped
                : PipelineOutcome.Completed;
        }
        catch (PipelineStoppedException)
        {
            return PipelineOutcome.Stopped;
        }
        catch (RuntimeException error)
        {
            WriteError(error.ErrorRecord);
            return PipelineOutcome.Failed;
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }

    /// <summary>Whether the last command of the last pipeline succeeded, by PowerShell's own account.</summary>
    public bool LastCommandSucceeded() => session.Runspace.SessionStateProxy.GetVariable("?") is not false;

    /// <summary>What <c>$LASTEXITCODE</c> holds; 0 when no native command or script has set it.</summary>
    public int LastExitCode() => session.Runspace.SessionStateProxy.GetVariable("LASTEXITCODE") is int code ? code : 0;

    /// <summary>Runs an expression apart from the user's history and output.</summary>
    public object? Evaluate(string script)
    {
        using var pipeline = session.CreatePipeline();
        pipeline.AddScript(script);
        return pipeline.Invoke().FirstOrDefault()?.BaseObject;
    }

    /// <summary>Shows an error as PowerShell's views format it, on the error stream.</summary>
    public void WriteError(ErrorRecord error)
    {
        var ui = (ShellUserInterface)session.Host.UI;
        string text;
        using (var capture = ui.Capture(ui.RawUI.BufferSize.Width))
        {
            using var pipeline = session.CreatePipeline();
            pipeline.AddCommand("Out-Default").Invoke(new[] { error });
            text = capture.Take();
        }

        foreach (var line in text.TrimEnd().Split('\n'))
        {
            ui.WriteErrorLine(line);
        }
    }
}
