using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Push-Location: remembers where one is, and goes elsewhere.</summary>
[Cmdlet(VerbsCommon.Push, "Location")]
internal sealed class PushLocationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string? Path { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        try
        {
            SessionState.Path.PushCurrentLocation("");
            var reached = string.IsNullOrEmpty(Path)
                ? SessionState.Path.CurrentLocation
                : SessionState.Path.SetLocation(Path);
            if (PassThru)
            {
                WriteObject(reached);
            }
        }
        catch (RuntimeException error)
        {
            SessionState.Path.PopLocation("");
            WriteError(new ErrorRecord(error.ErrorRecord, error));
        }
    }
}
