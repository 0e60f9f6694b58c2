using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Pop-Location: back to where Push-Location was called.</summary>
[Cmdlet(VerbsCommon.Pop, "Location")]
internal sealed class PopLocationCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var reached = SessionState.Path.PopLocation("");
        if (PassThru)
        {
            WriteObject(reached);
        }
    }
}
