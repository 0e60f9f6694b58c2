using System.Collections;
using System.Management.Automation;
using Engine.Shell.Commands.Objects;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-Object: some properties, or some of the objects.</summary>
/// <remarks>
/// -First takes what it needs and lets the rest pass: to stop the commands before it is not in PowerShell's public API.
/// </remarks>
[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _seen = [];
    private readonly Queue<PSObject> _window = new();
    private IReadOnlyList<PropertyExpression> _properties = [];
    private SelectedObject? _selection;
    private int _index = -1;
    private int _written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? SkipLast { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    protected override void BeginProcessing()
    {
        var all = Property is null && ExcludeProperty.Length > 0 ? ["*"] : Property;
        _properties = PropertyExpression.FromAll(all);
        _selection = new SelectedObject(_properties, ExcludeProperty);
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        _index++;
        if (Index is not null)
        {
            Emit(Index.Contains(_index) ? InputObject : null);
        }
        else if (Last is not null || SkipLast is not null)
        {
            TakeLate(InputObject);
        }
        else if (_index >= Skip && (First is null || _written < First))
        {
            _written++;
            Emit(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        // With -Last, -Skip counts from the end.
        var count = Last is null ? 0 : Math.Max(0, _window.Count - Skip);
        foreach (var last in _window.Take(count).ToList())
        {
            Emit(last);
        }
    }

    private void TakeLate(PSObject value)
    {
        if (Last is { } last)
        {
            // -First and -Last together: both ends, none twice.
            if (First is { } first && _written < first)
            {
                _written++;
                Emit(value);
                return;
            }

            _window.Enqueue(value);
            if (_window.Count > last + Skip)
            {
                _window.Dequeue();
            }

            return;
        }

        if (_index < Skip)
        {
            return;
        }

        _window.Enqueue(value);
        if (_window.Count > SkipLast)
        {
            Emit(_window.Dequeue());
        }
    }

    private void Emit(PSObject? value)
    {
        if (value is null)
        {
            return;
        }

        var result = _properties.Count == 0 ? value : _selection!.Of(value);
        if (ExpandProperty is null)
        {
            Write(result);
            return;
        }

        if (!ObjectProperties.Has(value, ExpandProperty))
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."),
                "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, value));
            return;
        }

        var expanded = ObjectProperties.Get(value, ExpandProperty);
        var bare = expanded is PSObject wrapped ? wrapped.BaseObject : expanded;
        var isMany = bare is IEnumerable and not string and not IDictionary;
        foreach (var item in isMany ? ((IEnumerable)bare!).Cast<object?>() : [expanded])
        {
            Write(WithProperties(item, result));
        }
    }

    // -ExpandProperty together with -Property: the values carry the chosen properties.
    private PSObject? WithProperties(object? item, PSObject chosen)
    {
        var value = item is null ? null : PSObject.AsPSObject(item);
        if (value is not null && _properties.Count > 0)
        {
            foreach (var property in chosen.Properties.Where(property => value.Properties[property.Name] is null))
            {
                value.Properties.Add(new PSNoteProperty(property.Name, property.Value));
            }
        }

        return value;
    }

    private void Write(PSObject? value)
    {
        if (Unique && value is not null)
        {
            var comparer = new ValueComparer(!CaseInsensitive);
            if (_seen.Exists(known => SelectedObject.AreEqual(known, value, comparer)))
            {
                return;
            }

            _seen.Add(value);
        }

        WriteObject(value);
    }
}
