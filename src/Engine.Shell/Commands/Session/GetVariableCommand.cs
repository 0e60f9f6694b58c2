using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Variable: the variables that the caller sees.</summary>
[Cmdlet(VerbsCommon.Get, "Variable")]
internal sealed class GetVariableCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                var matching = InvokeProvider.Item.Get("variable:" + name).Select(item => (PSVariable)item.BaseObject);
                foreach (var found in matching.OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase))
                {
                    Write(found);
                }
            }
            else if (SessionState.PSVariable.Get(name) is { } variable)
            {
                Write(variable);
            }
            else
            {
                WriteError(new ErrorRecord(
                    new ItemNotFoundException($"Cannot find a variable with the name '{name}'."),
                    "VariableNotFound",
                    ErrorCategory.ObjectNotFound,
                    name));
            }
        }
    }

    private void Write(PSVariable variable) => WriteObject(ValueOnly ? variable.Value : variable);
}
