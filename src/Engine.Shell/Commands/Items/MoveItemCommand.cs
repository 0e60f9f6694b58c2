using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Move-Item.</summary>
[Cmdlet(VerbsCommon.Move, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
internal sealed class MoveItemCommand : ItemCommand
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
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in literal ? LiteralPath : Path)
        {
            if (!ShouldProcess($"Item: {path} Destination: {Destination}", "Move Item"))
            {
                continue;
            }

            Try(path, () =>
            {
                var moved = InvokeProvider.Item.Move([path], Destination, Force, literal);
                if (PassThru)
                {
                    WriteObject(moved, enumerateCollection: true);
                }
            });
        }
    }
}
