using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Set-Alias: another name for a command.</summary>
[Cmdlet(VerbsCommon.Set, "Alias", SupportsShouldProcess = true)]
internal sealed class SetAliasCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Value { get; set; } = "";

    protected override void ProcessRecord()
    {
        if (ShouldProcess($"Name: {Name} Value: {Value}", "Set Alias"))
        {
            InvokeProvider.Item.Set(["alias:" + Name], Value, force: false, literalPath: true);
        }
    }
}
