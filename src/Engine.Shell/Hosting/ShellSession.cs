using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Engine.Shell.Hosting;

/// <summary>One runspace on the console, with the everyday cmdlets and the way to the module.</summary>
internal sealed class ShellSession : IDisposable
{
    private bool _moduleTried;

    private ShellSession(Runspace runspace, ShellHost host)
    {
        Runspace = runspace;
        Host = host;
    }

    /// <summary>The runspace; its commands run on the caller's thread.</summary>
    public Runspace Runspace { get; }

    /// <summary>The host that the runspace talks to.</summary>
    public ShellHost Host { get; }

    /// <summary>Opens a session.</summary>
    public static ShellSession Open(bool nonInteractive)
    {
        var host = new ShellHost(new ShellUserInterface(nonInteractive));
        var runspace = RunspaceFactory.CreateRunspace(host, InitialState());
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        return new ShellSession(runspace, host);
    }

    /// <summary>A pipeline on the session's runspace, still without commands.</summary>
    public PowerShell CreatePipeline()
    {
        var pipeline = PowerShell.Create();
        pipeline.Runspace = Runspace;
        return pipeline;
    }

    /// <summary>Loads the module, if one is built; true when it is there.</summary>
    /// <exception cref="RuntimeException">The module is built, and does not load.</exception>
    public bool ImportModule()
    {
        _moduleTried = true;
        if (EngineModule.Find() is not { } manifest)
        {
            return false;
        }

        using var pipeline = CreatePipeline();
        pipeline.AddCommand("Import-Module")
            .AddParameter("Name", manifest)
            .AddParameter("Global")
            .AddParameter("ErrorAction", "Stop");
        pipeline.Invoke();
        return true;
    }

    /// <summary>
    /// Loads the module when a command is met that nothing else knows: a script that builds the module can so replace
    /// its files first.
    /// </summary>
    public void ImportModuleOnDemand()
    {
        var commands = Runspace.SessionStateProxy.InvokeCommand;
        commands.CommandNotFoundAction = (_, e) =>
        {
            // PowerShell asks twice for an unknown name, the second time with a "get-" before it.
            if (_moduleTried
                || !e.CommandName.Contains('-', StringComparison.Ordinal)
                || EngineModule.Find() is not { } manifest)
            {
                return;
            }

            _moduleTried = true;
            using var import = PowerShell.Create(RunspaceMode.CurrentRunspace);
            import.AddCommand("Import-Module")
                .AddParameter("Name", manifest)
                .AddParameter("Global")
                .AddParameter("ErrorAction", "Stop");
            import.Invoke();
            e.Command = commands.GetCommand(
                e.CommandName, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias);
            e.StopSearch = e.Command is not null;
        };
    }

    public void Dispose() => Runspace.Dispose();

    private static InitialSessionState InitialState()
    {
#if POWERSHELL_SDK
        var state = InitialSessionState.CreateDefault();
#else
        var state = InitialSessionState.CreateDefault2();
        Commands.EverydayCommands.AddTo(state);
#endif
        // The pipeline runs on the thread that reads the keyboard; Ctrl+C comes in on another and stops it.
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        state.Variables.Add(
            new SessionStateVariableEntry("PROFILE", ProfileScript.Path, "The script that runs at the shell's start"));
        return state;
    }
}
