using System.Management.Automation;

namespace Engine.Shell.Formatting;

/// <summary>Lays an object out as a list, one line a property.</summary>
internal sealed class ListRenderer(int width)
{
    /// <summary>The object's lines, and a blank one.</summary>
    public IEnumerable<string> Render(IReadOnlyList<ViewField> fields, PSObject target)
    {
        var shown = fields.Where(field => field.IsShown(target)).ToList();
        if (shown.Count == 0)
        {
            yield break;
        }

        var label = shown.Max(field => CellText.Width(field.Label));
        var indent = new string(' ', label + 3);
        foreach (var field in shown)
        {
            var rows = CellText.Wrap(field.Text(target), Math.Max(10, width - indent.Length));
            yield return (CellText.Fit(field.Label, label, Alignment.Left) + " : " + rows[0]).TrimEnd(' ');
            foreach (var row in rows.Skip(1))
            {
                yield return indent + row;
            }
        }

        yield return "";
    }
}
