using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Get-ChildItem: what is in a container.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Items")]
internal sealed class GetChildItemCommand : ItemCommand
{
    private Func<string, bool> _matches = _ => true;

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = "Items")]
    public string[] Path { get; set; } = ["."];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralItems")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    [Parameter]
    public string[] Include { get; set; } = [];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public uint? Depth { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    [Parameter]
    public SwitchParameter File { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    protected override void BeginProcessing()
    {
        var filter = Patterns(Filter is null ? [] : [Filter]);
        var include = Patterns(Include);
        var exclude = Patterns(Exclude);
        _matches = name => (filter.Count == 0 || filter.Exists(p => p.IsMatch(name)))
            && (include.Count == 0 || include.Exists(p => p.IsMatch(name)))
            && !exclude.Exists(p => p.IsMatch(name));
    }

    protected override void ProcessRecord()
    {
        var literal = ParameterSetName == "LiteralItems";
        var depth = Depth ?? (Recurse ? uint.MaxValue : 0);
        foreach (var path in literal ? LiteralPath : Path)
        {
            Try(path, () =>
            {
                foreach (var found in Resolve(path, literal))
                {
                    Walk(found, "", depth);
                }
            });
        }
    }

    private static List<WildcardPattern> Patterns(IEnumerable<string> texts) =>
        [.. texts.Select(text => new WildcardPattern(text, WildcardOptions.IgnoreCase))];

    private void Walk(string path, string relative, uint depth)
    {
        foreach (var item in InvokeProvider.ChildItem.Get([path], recurse: false, Force, literalPath: true))
        {
            var name = item.Properties["PSChildName"]?.Value as string ?? "";
            var isContainer = item.Properties["PSIsContainer"]?.Value is true;
            if (_matches(name) && (!File || !isContainer) && (!Directory || isContainer))
            {
                WriteObject(Name ? PSObject.AsPSObject(relative + name) : item);
            }

            // A link is listed and not followed: it may lead back up.
            if (isContainer && depth > 0 && item.BaseObject is not FileSystemInfo { LinkTarget: not null })
            {
                Try(name, () => Walk(item.Properties["PSPath"].Value.ToString()!, relative + name + "/", depth - 1));
            }
        }
    }
}
