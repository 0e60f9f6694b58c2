using System.Management.Automation;
using Engine.Shell.Commands.Formatting;
using Engine.Shell.Formatting;

namespace Microsoft.PowerShell.Commands;

/// <summary>Format-Wide: one property, in several columns.</summary>
[Cmdlet(VerbsCommon.Format, "Wide")]
[OutputType(typeof(string))]
internal sealed class FormatWideCommand : FormatCommand
{
    [Parameter(Position = 0)]
    public object? Property { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Column { get; set; }

    [Parameter]
    public SwitchParameter AutoSize { get; set; }

    protected override string Shape => "WideControl";

    protected override object[]? Properties => Property is null ? null : [Property];

    protected override IEnumerable<string> Render(View view, IReadOnlyList<PSObject> objects)
    {
        var texts = objects.Select(target => NamesOf(view).Text(target)).ToList();
        // Two columns unless something else is said.
        var widest = texts.Max(CellText.Width) + 1;
        var columns = Column ?? (AutoSize ? Math.Max(1, (ScreenWidth + 1) / widest) : 2);
        var width = AutoSize ? widest : Math.Max(2, (ScreenWidth + 1) / columns);
        yield return "";
        foreach (var row in texts.Chunk(columns))
        {
            yield return string.Concat(row.Select(text => CellText.Fit(text, width - 1, Alignment.Left) + " "))
                .TrimEnd();
        }

        yield return "";
    }

    // Without a wide view: the name, if there is one.
    private static ViewField NamesOf(View view) =>
        view.Fields.FirstOrDefault(field => field.Label.EndsWith("Name", StringComparison.OrdinalIgnoreCase))
            ?? view.Fields[0];
}
