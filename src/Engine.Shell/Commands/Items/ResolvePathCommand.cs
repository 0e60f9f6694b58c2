using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Resolve-Path: the paths that exist and match.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path")]
internal sealed class ResolvePathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string[] Path { get; set; } = [];

    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                foreach (var found in SessionState.Path.GetResolvedPSPathFromPSPath(path))
                {
                    WriteObject(Relative ? RelativeTo(found) : found);
                }
            }
            catch (RuntimeException error)
            {
                WriteError(new ErrorRecord(error.ErrorRecord, error));
            }
        }
    }

    private string RelativeTo(PathInfo found)
    {
        var relative = System.IO.Path.GetRelativePath(
            SessionState.Path.CurrentLocation.ProviderPath, found.ProviderPath);
        return relative.StartsWith('.') ? relative : "./" + relative;
    }
}
