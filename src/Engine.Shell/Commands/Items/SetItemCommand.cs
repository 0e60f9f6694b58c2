using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Set-Item: the value of an environment variable, an alias, a function.</summary>
[Cmdlet(VerbsCommon.Set, "Item", SupportsShouldProcess = true)]
internal sealed class SetItemCommand : ItemCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path.Where(path => ShouldProcess($"Item: {path} Value: {Value}", "Set Item")))
        {
            Try(path, () =>
            {
                var set = InvokeProvider.Item.Set([path], Value, Force, literalPath: false);
                if (PassThru)
                {
                    WriteObject(set, enumerateCollection: true);
                }
            });
        }
    }
}
