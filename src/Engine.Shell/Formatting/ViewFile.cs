using System.Management.Automation;
using System.Xml.Linq;
using Engine.Shell.Commands.Objects;

namespace Engine.Shell.Formatting;

/// <summary>A format.ps1xml file, read anew: PowerShell's own reading of it is not public.</summary>
internal sealed class ViewFile
{
    private readonly IReadOnlyList<XElement> _views;

    private ViewFile(IReadOnlyList<XElement> views) => _views = views;

    /// <summary>Reads a file.</summary>
    public static ViewFile Load(string path) => new([.. XDocument.Load(path).Descendants("View")]);

    /// <summary>
    /// The first view of the shape (TableControl, ListControl, WideControl) for one of the type names.
    /// </summary>
    public View? Find(IReadOnlyCollection<string> typeNames, string shape, string? name)
    {
        var found = _views.FirstOrDefault(view => view.Element(shape) is not null
            && (name is null || string.Equals(view.Element("Name")?.Value, name, StringComparison.OrdinalIgnoreCase))
            && view.Element("ViewSelectedBy")?.Elements("TypeName")
                .Any(type => typeNames.Contains(type.Value, StringComparer.OrdinalIgnoreCase)) == true);
        if (found?.Element(shape) is not { } control)
        {
            return null;
        }

        var group = found.Element("GroupBy");
        return Read(control, shape) with
        {
            GroupBy = group is null ? null : Field(group, group.Element("Label")?.Value),
        };
    }

    private static View Read(XElement control, string shape) => shape switch
    {
        "TableControl" => ReadTable(control),
        "ListControl" => new View(Fields(Entry(control, "ListEntries", "ListEntry"), "ListItems", "ListItem")),
        _ => new View([Field(Entry(control, "WideEntries", "WideEntry").Element("WideItem")!, null)]),
    };

    private static View ReadTable(XElement control)
    {
        var headers = control.Element("TableHeaders")?.Elements("TableColumnHeader").ToList() ?? [];
        var columns = Fields(Entry(control, "TableRowEntries", "TableRowEntry"), "TableColumnItems", "TableColumnItem");
        return new View([.. columns.Select((column, i) => WithHeader(column, i < headers.Count ? headers[i] : null))])
        {
            HideTableHeaders = control.Element("HideTableHeaders") is not null,
            Wrap = control.Descendants("Wrap").Any(),
        };
    }

    // The entry without conditions is the default one; entries for subtypes are beyond what this shell's lists need.
    private static XElement Entry(XElement control, string entries, string entry)
    {
        var all = control.Element(entries)!.Elements(entry).ToList();
        return all.Find(candidate => candidate.Element("EntrySelectedBy") is null) ?? all[0];
    }

    private static List<ViewField> Fields(XElement entry, string items, string item) =>
        [.. entry.Element(items)!.Elements(item).Select(element => Field(element, element.Element("Label")?.Value))];

    private static ViewField Field(XElement element, string? label)
    {
        object expression = element.Element("ScriptBlock") is { } script
            ? ScriptBlock.Create(script.Value)
            : element.Element("PropertyName")?.Value ?? "";
        var property = PropertyExpression.From(expression);
        var condition = element.Element("ItemSelectionCondition");
        return new ViewField(label ?? property.ToString(), property.Value)
        {
            FormatString = element.Element("FormatString")?.Value,
            Align = Align(element),
            IsShown = target => condition is null || LanguagePrimitives.IsTrue(Field(condition, null).Value(target)),
        };
    }

    private static ViewField WithHeader(ViewField column, XElement? header) => header is null ? column : column with
    {
        Label = header.Element("Label")?.Value is { Length: > 0 } label ? label : column.Label,
        Width = int.TryParse(header.Element("Width")?.Value, out var width) && width > 0 ? width : null,
        Align = column.Align ?? Align(header),
    };

    private static Alignment? Align(XElement element) =>
        Enum.TryParse<Alignment>(element.Element("Alignment")?.Value, ignoreCase: true, out var alignment)
            ? alignment
            : null;
}
