using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Remove-Item.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", SupportsShouldProcess = true, DefaultParameterSetName = "Path")]
internal sealed class RemoveItemCommand : ItemCommand
{
    private bool _yesToAll;
    private bool _noToAll;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [Alias("r")]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in literal ? LiteralPath : Path)
        {
            Try(path, () =>
            {
                foreach (var found in Resolve(path, literal))
                {
                    Remove(found);
                }
            });
        }
    }

    private void Remove(string path)
    {
        var container = InvokeProvider.Item.IsContainer(path);
        if (!ShouldProcess(path, container ? "Remove Directory" : "Remove File"))
        {
            return;
        }

        // A link to a folder is removed itself; what it leads to is not ours to ask about.
        var isLink = new FileInfo(path).LinkTarget is not null;
        var recurse = Recurse.IsPresent;
        if (container && !recurse && !isLink && InvokeProvider.ChildItem.HasChild(path, force: true, literalPath: true))
        {
            recurse = ShouldContinue(
                $"The item at {path} has children and the Recurse parameter was not specified. If you "
                + "continue, all children will be removed with the item. Are you sure you want to continue?",
                "Confirm", ref _yesToAll, ref _noToAll);
            if (!recurse)
            {
                return;
            }
        }

        InvokeProvider.Item.Remove([path], recurse, Force, literalPath: true);
    }
}
