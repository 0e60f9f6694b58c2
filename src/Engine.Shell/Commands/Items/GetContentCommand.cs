using System.Management.Automation;
using System.Text;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-Content: a file's lines, its whole text or bytes; or what else a provider can read.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
internal sealed class GetContentCommand : ItemCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [Alias("First", "Head")]
    [ValidateRange(0, int.MaxValue)]
    public int? TotalCount { get; set; }

    [Parameter]
    [Alias("Last")]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == "LiteralPath";
        foreach (var path in literal ? LiteralPath : Path)
        {
            Try(path, () => Read(path, literal));
        }
    }

    private void Read(string path, bool literal)
    {
        // The resolution throws ItemNotFoundException for a name that is not there.
        var name = literal ? WildcardPattern.Escape(path) : path;
        foreach (var found in SessionState.Path.GetResolvedProviderPathFromPSPath(name, out var provider))
        {
            if (provider.ImplementingType != typeof(FileSystemProvider))
            {
                WriteObject(Take(ProviderItems(path)), enumerateCollection: true);
            }
            else if (Directory.Exists(found))
            {
                throw new UnauthorizedAccessException($"Unable to get content because it is a directory: '{found}'.");
            }
            else if (AsByteStream)
            {
                var bytes = File.ReadAllBytes(found);
                WriteObject(bytes, enumerateCollection: !Raw);
            }
            else if (Raw)
            {
                WriteObject(File.ReadAllText(found, Encoding));
            }
            else
            {
                WriteLines(found);
            }
        }
    }

    private void WriteLines(string file)
    {
        var number = 0L;
        foreach (var line in Take(File.ReadLines(file, Encoding)))
        {
            var value = PSObject.AsPSObject(line);
            value.Properties.Add(new PSNoteProperty("PSPath", file));
            value.Properties.Add(new PSNoteProperty("ReadCount", ++number));
            WriteObject(value);
        }
    }

    private IEnumerable<T> Take<T>(IEnumerable<T> items) =>
        Tail is { } tail ? items.TakeLast(tail) : TotalCount is { } count ? items.Take(count) : items;

    private IEnumerable<object> ProviderItems(string path)
    {
        foreach (var reader in InvokeProvider.Content.GetReader(path))
        {
            using (reader)
            {
                while (reader.Read(1) is { Count: > 0 } block)
                {
                    yield return block[0]!;
                }
            }
        }
    }
}
