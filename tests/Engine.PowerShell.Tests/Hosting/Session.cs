using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Shell = System.Management.Automation.PowerShell;

namespace Engine.Commands.Tests;

/// <summary>A PowerShell session with the module imported, and what a script in it wrote to each stream.</summary>
internal sealed class Session : IDisposable
{
    private readonly Runspace _runspace;

    public Session(string? engine = null, RecordingHost? host = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([ModuleAssembly.Manifest]);
        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        if (engine is not null)
        {
            Run($"Connect-Engine {engine}");
        }
    }

    public Result Run(string script)
    {
        using Shell shell = Create(script);
        var output = new PSDataCollection<PSObject>();
        Exception? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e;
        }

        return new Result(
            [.. output],
            [.. shell.Streams.Error, .. (terminating as IContainsErrorRecord)?.ErrorRecord is { } last ? [last] : Array.Empty<ErrorRecord>()],
            [.. shell.Streams.Information],
            [.. shell.Streams.Warning.Select(w => w.Message)],
            [.. shell.Streams.Progress]);
    }

    /// <summary>Runs a script whose every error is a failure of the test.</summary>
    public PSObject[] Get(string script)
    {
        Result result = Run(script);
        Assert.True(result.Errors.Length == 0, $"{script}: {string.Join("; ", result.Errors.Select(e => e.ToString()))}");
        return result.Output;
    }

    public Shell Create(string script)
    {
        var shell = Shell.Create();
        shell.Runspace = _runspace;
        return shell.AddScript(script);
    }

    public void Dispose() => _runspace.Dispose();

    internal sealed record Result(
        PSObject[] Output,
        ErrorRecord[] Errors,
        InformationRecord[] Information,
        string[] Warnings,
        ProgressRecord[] Progress)
    {
        public string[] ErrorIds => [.. Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0])];
    }
}
