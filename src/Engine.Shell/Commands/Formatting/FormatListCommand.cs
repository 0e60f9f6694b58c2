using System.Management.Automation;
using Engine.Shell.Commands.Formatting;
using Engine.Shell.Formatting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Format-List.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
[OutputType(typeof(string))]
internal sealed class FormatListCommand : FormatCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    protected override string Shape => "ListControl";

    protected override object[]? Properties => Property;

    protected override IEnumerable<string> Render(View view, IReadOnlyList<PSObject> objects)
    {
        var renderer = new ListRenderer(ScreenWidth);
        return [.. objects.SelectMany(target => renderer.Render(view.Fields, target)).Prepend("")];
    }
}
