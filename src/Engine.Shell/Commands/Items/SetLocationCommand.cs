using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Set-Location: goes to a container; home without a path, back with a lone dash.</summary>
[Cmdlet(VerbsCommon.Set, "Location")]
internal sealed class SetLocationCommand : PSCmdlet
{
    private const string Previous = "EngineShellPreviousLocation";

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string? Path { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var from = SessionState.Path.CurrentLocation.Path;
        var to = Path switch
        {
            null or "" => "~",
            "-" => SessionState.PSVariable.GetValue("global:" + Previous, from) as string,
            _ => Path,
        };
        try
        {
            var reached = SessionState.Path.SetLocation(to);
            SessionState.PSVariable.Set(new PSVariable("global:" + Previous, from));
            if (PassThru)
            {
                WriteObject(reached);
            }
        }
        catch (RuntimeException error)
        {
            WriteError(new ErrorRecord(error.ErrorRecord, error));
        }
    }
}
