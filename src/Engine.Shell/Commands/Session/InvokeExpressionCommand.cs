using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Invoke-Expression: runs text in the caller's scope.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Expression")]
internal sealed class InvokeExpressionCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public string Command { get; set; } = "";

    protected override void ProcessRecord()
    {
        foreach (var result in InvokeCommand.InvokeScript(useLocalScope: false, ScriptBlock.Create(Command), null))
        {
            WriteObject(result);
        }
    }
}
