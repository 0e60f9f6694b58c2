using System.Management.Automation;

namespace Engine.Shell.Tests.Help;

/// <summary>A cmdlet to have help for.</summary>
[Cmdlet(VerbsCommon.Get, "Sample")]
public sealed class GetSampleCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string? Name { get; set; }

    [Parameter]
    [ValidateSet("Small", "Large")]
    public string? Kind { get; set; }

    [Parameter]
    public SwitchParameter Loud { get; set; }
}
