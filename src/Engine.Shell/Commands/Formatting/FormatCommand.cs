using System.Management.Automation;
using Engine.Shell.Commands.Objects;
using Engine.Shell.Commands.Output;
using Engine.Shell.Formatting;

namespace Engine.Shell.Commands.Formatting;

/// <summary>
/// What the Format cmdlets share. They write lines of text, where the originals write formatting objects: PowerShell
/// has no public way to make those. On the console, in a file and in a string the result is the same.
/// </summary>
internal abstract class FormatCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public object? GroupBy { get; set; }

    [Parameter]
    public string? View { get; set; }

    /// <summary>The columns that there are.</summary>
    protected int ScreenWidth => Math.Max(20, Host.UI.RawUI.BufferSize.Width);

    /// <summary>The control's element in a format file.</summary>
    protected abstract string Shape { get; }

    /// <summary>What the -Property parameter says, or null.</summary>
    protected abstract object[]? Properties { get; }

    /// <summary>The lines for objects of one view and one group.</summary>
    protected abstract IEnumerable<string> Render(View view, IReadOnlyList<PSObject> objects);

    /// <summary>Whether PowerShell's own view of an object has this cmdlet's shape already.</summary>
    protected virtual bool IsDefaultShape(PSObject target) => false;

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        foreach (var run in Runs(_objects, target => target.TypeNames[0]))
        {
            if (run[0].BaseObject is string or ValueType && Properties is null && View is null)
            {
                run.ForEach(WriteObject);
                continue;
            }

            WriteRun(run);
        }
    }

    private void WriteRun(List<PSObject> run)
    {
        var view = ViewFor(run);
        if (view is null)
        {
            WriteLines(FormattedText.Of(Host, run, ScreenWidth).TrimEnd('\n').Split('\n'));
            return;
        }

        var groupBy = GroupBy is null ? view.GroupBy : FieldOf(PropertyExpression.From(GroupBy));
        if (groupBy is null)
        {
            WriteLines(Render(view, run));
            return;
        }

        WriteObject("");
        foreach (var group in Runs(run, target => groupBy.Text(target)))
        {
            WriteLines([$"   {groupBy.Label}: {groupBy.Text(group[0])}"]);
            WriteLines(Render(view, group));
        }
    }

    /// <summary>Null where PowerShell's own formatter does it.</summary>
    private View? ViewFor(List<PSObject> run)
    {
        var first = run[0];
        if (Properties is { } given)
        {
            var fields = PropertyExpression.FromAll(given).SelectMany(property => FieldsOf(property, first));
            return new View([.. fields]);
        }

        if (LoadedViews.Find(first, Shape, View) is { } loaded)
        {
            return loaded;
        }

        return IsDefaultShape(first)
            ? null
            : new View([.. DefaultProperties(first).Select(name => FieldOf(PropertyExpression.From(name)))]);
    }

    // A name with wildcards is as many fields as the first object has properties for it.
    private static IEnumerable<ViewField> FieldsOf(PropertyExpression property, PSObject first)
    {
        var name = property.ToString();
        return property.Label is null && WildcardPattern.ContainsWildcardCharacters(name)
            ? property.Resolve(first).Select(found => FieldOf(PropertyExpression.From(found.Name)))
            : [FieldOf(property) with { Label = property.Label ?? ObjectProperties.NameOn(first, name) }];
    }

    // The type's own choice (its DefaultDisplayPropertySet), else all.
    private static IEnumerable<string> DefaultProperties(PSObject target)
    {
        var standard = target.Members["PSStandardMembers"] as PSMemberSet;
        return standard?.Members["DefaultDisplayPropertySet"] is PSPropertySet set
            ? set.ReferencedPropertyNames
            : ObjectProperties.Of(target).Select(property => property.Name);
    }

    private static ViewField FieldOf(PropertyExpression property) => new(property.ToString(), property.Value)
    {
        Width = PropertyExpression.Key(property.Options, "Width") is { } width
            ? LanguagePrimitives.ConvertTo<int>(width)
            : null,
        Align = PropertyExpression.Key(property.Options, "Alignment") is { } alignment
            ? LanguagePrimitives.ConvertTo<Alignment>(alignment)
            : null,
        FormatString = PropertyExpression.Key(property.Options, "FormatString") as string,
    };

    private static IEnumerable<List<PSObject>> Runs(IEnumerable<PSObject> objects, Func<PSObject, string> key)
    {
        var run = new List<PSObject>();
        foreach (var target in objects)
        {
            if (run.Count > 0 && key(run[0]) != key(target))
            {
                yield return run;
                run = [];
            }

            run.Add(target);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private void WriteLines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            WriteObject(line);
        }
    }
}
