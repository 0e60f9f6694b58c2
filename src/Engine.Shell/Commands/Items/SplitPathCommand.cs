using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Split-Path: a part of a path.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "ParentSet")]
internal sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "ParentSet")]
    public SwitchParameter Parent { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LeafSet")]
    public SwitchParameter Leaf { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LeafBaseSet")]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ExtensionSet")]
    public SwitchParameter Extension { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "IsAbsoluteSet")]
    public SwitchParameter IsAbsolute { get; set; }

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            try
            {
                foreach (var each in Resolve
                    ? SessionState.Path.GetResolvedPSPathFromPSPath(path).Select(found => found.Path)
                    : [path])
                {
                    WriteObject(Part(each));
                }
            }
            catch (RuntimeException error)
            {
                WriteError(new ErrorRecord(error.ErrorRecord, error));
            }
        }
    }

    private object Part(string path) => ParameterSetName switch
    {
        "LeafSet" => SessionState.Path.ParseChildName(path),
        "LeafBaseSet" => System.IO.Path.GetFileNameWithoutExtension(SessionState.Path.ParseChildName(path)),
        "ExtensionSet" => System.IO.Path.GetExtension(SessionState.Path.ParseChildName(path)),
        "IsAbsoluteSet" => SessionState.Path.IsPSAbsolute(path, out _),
        _ => SessionState.Path.ParseParent(path, ""),
    };
}
