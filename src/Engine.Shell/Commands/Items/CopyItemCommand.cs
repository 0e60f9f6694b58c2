using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Copy-Item.</summary>
[Cmdlet(VerbsCommon.Copy, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
internal sealed class CopyItemCommand : ItemCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter Container { get; set; } = true;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == "LiteralPath";
        var containers = Container ? CopyContainers.CopyTargetContainer : CopyContainers.CopyChildrenOfTargetContainer;
        foreach (var path in literal ? LiteralPath : Path)
        {
            if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Copy Item"))
            {
                continue;
            }

            Try(path, () =>
            {
                var copies = InvokeProvider.Item.Copy([path], Destination, Recurse, containers, Force, literal);
                if (PassThru)
                {
                    WriteObject(copies, enumerateCollection: true);
                }
            });
        }
    }
}
