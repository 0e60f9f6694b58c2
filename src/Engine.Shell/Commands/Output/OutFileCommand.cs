using System.Management.Automation;
using System.Text;
using Engine.Shell.Commands.Items;
using Engine.Shell.Commands.Output;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Out-File: what the console would show, into a file. PowerShell runs it for <c>&gt;</c> and <c>&gt;&gt;</c>.
/// </summary>
[Cmdlet("Out", "File", SupportsShouldProcess = true)]
internal sealed class OutFileCommand : PSCmdlet
{
    private readonly List<PSObject?> _objects = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Path", "PSPath", "LiteralPath", "LP")]
    public string FilePath { get; set; } = "";

    [Parameter(Position = 1)]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? Width { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    // An empty pipeline hands over one object that prints nothing, so that the file is made all the same.
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(FilePath);
        if (!ShouldProcess(path, "Output to File"))
        {
            return;
        }

        if (NoClobber && !Append && File.Exists(path))
        {
            ThrowTerminatingError(new ErrorRecord(
                new IOException($"The file '{path}' already exists."),
                "NoClobber",
                ErrorCategory.ResourceExists,
                path));
        }

        var text = _objects.Count == 0 ? "" : FormattedText.Of(Host, _objects, Width);
        using var writer = TextFile.OpenWriter(path, Append, Encoding, Force);
        writer.Write(NoNewline ? text.ReplaceLineEndings("") : text);
    }
}
