using System.Management.Automation;
using Engine.Shell.Commands.Data;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-Json: one document of all that comes in.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
[OutputType(typeof(string))]
internal sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> _objects = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    protected override void ProcessRecord() => _objects.Add(InputObject);

    protected override void EndProcessing()
    {
        if (_objects.Count == 0)
        {
            return;
        }

        var document = new JsonDocumentWriter(Depth, Compress, EnumsAsStrings);
        WriteObject(document.Write(_objects.Count > 1 || AsArray ? _objects.ToArray() : _objects[0]));
        if (document.Truncated)
        {
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        }
    }
}
