using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Test-Path: whether there is anything, or a container, or a leaf.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
internal sealed class TestPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = "Path")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[]? Path { get; set; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [Alias("Type")]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    [Parameter]
    public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in (literal ? LiteralPath : Path) ?? [])
        {
            WriteObject(IsValid ? SessionState.Path.IsValid(path) : Exists(path, literal));
        }
    }

    private bool Exists(string? path, bool literal)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return false;
        }

        try
        {
            var name = literal ? WildcardPattern.Escape(path) : path;
            return InvokeProvider.Item.Exists(path, force: true, literal) && PathType switch
            {
                "Container" => InvokeProvider.Item.IsContainer(name),
                "Leaf" => !InvokeProvider.Item.IsContainer(name),
                _ => true,
            };
        }
        // A drive, a provider or an item that is not there: SessionStateException is what they have in common.
        catch (Exception error) when (error is SessionStateException or IOException)
        {
            return false;
        }
    }
}
