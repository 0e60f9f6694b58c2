using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Join-Path.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
[OutputType(typeof(string))]
internal sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string[]? ChildPath { get; set; }

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[]? AdditionalChildPath { get; set; }

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var joined = path;
            foreach (var child in (ChildPath ?? [""]).Concat(AdditionalChildPath ?? []))
            {
                joined = SessionState.Path.Combine(joined, child);
            }

            if (!Resolve)
            {
                WriteObject(joined);
                continue;
            }

            try
            {
                var found = SessionState.Path.GetResolvedPSPathFromPSPath(joined);
                WriteObject(found.Select(resolved => resolved.Path), enumerateCollection: true);
            }
            catch (RuntimeException error)
            {
                WriteError(new ErrorRecord(error.ErrorRecord, error));
            }
        }
    }
}
