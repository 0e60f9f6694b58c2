using System.Management.Automation;
using Engine.Shell.Commands.Formatting;
using Engine.Shell.Formatting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Format-Table.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
[OutputType(typeof(string))]
internal sealed class FormatTableCommand : FormatCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Accepted for scripts: a column without a width of its own always fits its content here.</summary>
    [Parameter]
    public SwitchParameter AutoSize { get; set; }

    [Parameter]
    public SwitchParameter HideTableHeaders { get; set; }

    [Parameter]
    public SwitchParameter Wrap { get; set; }

    protected override string Shape => "TableControl";

    protected override object[]? Properties => Property;

    protected override IEnumerable<string> Render(View view, IReadOnlyList<PSObject> objects)
    {
        var fields = AutoSize ? [.. view.Fields.Select(field => field with { Width = null })] : view.Fields;
        return new TableRenderer(ScreenWidth).Render(
            view with
            {
                Fields = fields,
                HideTableHeaders = view.HideTableHeaders || HideTableHeaders,
                Wrap = view.Wrap || Wrap,
            },
            objects);
    }

    // PowerShell's own view of a .NET object, if it has one, is a table; an object without a type has none.
    protected override bool IsDefaultShape(PSObject target) => target.BaseObject is not PSCustomObject;
}
