using System.Management.Automation;

namespace Engine.Shell.Formatting;

/// <summary>Lays objects out as a table.</summary>
internal sealed class TableRenderer(int width)
{
    private const int LeastColumn = 4;

    /// <summary>The table's lines: a blank one, header, rule, rows, a blank one.</summary>
    public IEnumerable<string> Render(View view, IReadOnlyList<PSObject> rows)
    {
        if (view.Fields.Count == 0 || rows.Count == 0)
        {
            yield break;
        }

        var texts = rows.Select(row => view.Fields.Select(field => field.Text(row)).ToList()).ToList();
        var alignments = view.Fields.Select((field, i) => field.Align ?? Guess(view, rows, i)).ToList();
        var widths = Widths(view, texts);
        yield return "";
        if (!view.HideTableHeaders)
        {
            yield return Line(widths.Select((w, i) => CellText.Fit(view.Fields[i].Label, w, alignments[i])));
            yield return Line(widths.Select((w, i) =>
                CellText.Fit(new string('-', Math.Min(w, CellText.Width(view.Fields[i].Label))), w, alignments[i])));
        }

        foreach (var line in texts.SelectMany(cells => Rows(cells, widths, alignments, view.Wrap)))
        {
            yield return line;
        }

        yield return "";
    }

    private static IEnumerable<string> Rows(
        List<string> cells, List<int> widths, List<Alignment> alignments, bool wrap)
    {
        var columns = widths.Select((w, i) => wrap ? CellText.Wrap(cells[i], Math.Max(1, w)) : [cells[i]]).ToList();
        var height = columns.Max(column => column.Count);
        for (var row = 0; row < height; row++)
        {
            var line = row;
            yield return Line(
                columns.Select((column, i) =>
                    CellText.Fit(line < column.Count ? column[line] : "", widths[i], alignments[i])));
        }
    }

    private static string Line(IEnumerable<string> cells) => string.Join(' ', cells).TrimEnd();

    private static Alignment Guess(View view, IReadOnlyList<PSObject> rows, int column)
    {
        var value = rows.Select(row => view.Fields[column].Value(row)).FirstOrDefault(found => found is not null);
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        // By type code, as in the original: an enum counts as the number beneath it.
        return bare is not null && Type.GetTypeCode(bare.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal
            ? Alignment.Right
            : Alignment.Left;
    }

    // As wide as the content; when that is too much for the screen, the widest columns give way.
    private List<int> Widths(View view, List<List<string>> texts)
    {
        var widths = view.Fields
            .Select((field, i) =>
                field.Width
                    ?? Math.Max(1, Math.Max(CellText.Width(field.Label), texts.Max(cells => CellText.Width(cells[i])))))
            .ToList();
        while (widths.Sum() + widths.Count - 1 > width && widths.Max() > LeastColumn)
        {
            widths[widths.IndexOf(widths.Max())]--;
        }

        // Still too wide: the last columns stay out.
        while (widths.Count > 1 && widths.Sum() + widths.Count - 1 > width)
        {
            widths.RemoveAt(widths.Count - 1);
        }

        return widths;
    }
}
