using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Remove-Variable.</summary>
[Cmdlet(VerbsCommon.Remove, "Variable", SupportsShouldProcess = true)]
internal sealed class RemoveVariableCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (SessionState.PSVariable.Get(name) is not { } variable)
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException($"Cannot find a variable with the name '{name}'."),
                    "VariableNotFound",
                    ErrorCategory.ObjectNotFound,
                    name));
            }
            else if (ShouldProcess($"Name: {name}", "Remove variable"))
            {
                SessionState.PSVariable.Remove(variable);
            }
        }
    }
}
