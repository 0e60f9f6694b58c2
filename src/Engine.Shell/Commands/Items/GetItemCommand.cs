using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Item.</summary>
[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
internal sealed class GetItemCommand : ItemCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in literal ? LiteralPath : Path)
        {
            Try(path, () => WriteObject(InvokeProvider.Item.Get([path], Force, literal), enumerateCollection: true));
        }
    }
}
