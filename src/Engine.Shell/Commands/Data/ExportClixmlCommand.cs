using System.Management.Automation;
using System.Text;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Export-Clixml: objects into a file that Import-Clixml reads back.</summary>
[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true)]
internal sealed class ExportClixmlCommand : ItemCommand
{
    private readonly List<PSObject?> _objects = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "LiteralPath", "LP")]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    protected override void ProcessRecord() => _objects.Add(InputObject);

    protected override void EndProcessing()
    {
        var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(file, "Export-Clixml"))
        {
            return;
        }

        if (NoClobber && File.Exists(file))
        {
            ThrowTerminatingError(new ErrorRecord(
                new IOException($"The file '{file}' already exists."),
                "NoClobber",
                ErrorCategory.ResourceExists,
                file));
        }

        Try(file, () =>
        {
            using var writer = TextFile.OpenWriter(file, append: false, Encoding, Force);
            writer.Write(PSSerializer.Serialize(_objects.Count == 1 ? _objects[0] : _objects.ToArray(), Depth));
        });
    }
}
