using System.Management.Automation;
using System.Text.Json;
using Engine.Shell.Commands.Data;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertFrom-Json: objects, or hashtables, of a document.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
internal sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => _lines.Add(InputObject);

    protected override void EndProcessing()
    {
        var text = string.Join(Environment.NewLine, _lines);
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        try
        {
            var options = new JsonDocumentOptions
            {
                MaxDepth = Depth,
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            };
            using var document = JsonDocument.Parse(text, options);
            WriteObject(
                new JsonObjectReader(AsHashtable).Read(document.RootElement), enumerateCollection: !NoEnumerate);
        }
        catch (JsonException error)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException("Conversion from JSON failed with error: " + error.Message, error),
                "System.ArgumentException", ErrorCategory.NotSpecified, null));
        }
    }
}
