using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Location: where one is, or the stack of Push-Location.</summary>
[Cmdlet(VerbsCommon.Get, "Location")]
[OutputType(typeof(PathInfo))]
internal sealed class GetLocationCommand : PSCmdlet
{
    [Parameter]
    public SwitchParameter Stack { get; set; }

    protected override void ProcessRecord() =>
        WriteObject(
            Stack ? SessionState.Path.LocationStack("") : SessionState.Path.CurrentLocation,
            enumerateCollection: Stack);
}
