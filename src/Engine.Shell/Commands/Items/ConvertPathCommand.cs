using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Convert-Path: PowerShell's path as the file system's own.</summary>
[Cmdlet(VerbsData.Convert, "Path")]
[OutputType(typeof(string))]
internal sealed class ConvertPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                WriteObject(
                    SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _), enumerateCollection: true);
            }
            catch (RuntimeException error)
            {
                WriteError(new ErrorRecord(error.ErrorRecord, error));
            }
        }
    }
}
