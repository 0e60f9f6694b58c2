using System.Management.Automation;
using Engine.Shell.Commands.Objects;

namespace Microsoft.PowerShell.Commands;

/// <summary>Sort-Object: the objects in order; equal ones keep theirs.</summary>
[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _objects = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Stable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Top { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Bottom { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        var comparer = new ValueComparer(CaseSensitive);
        var keys = PropertyExpression.FromAll(Property);
        var rows = _objects.Select(value => (Value: value, Keys: Keys(value, keys))).ToList();
        var sorted = rows.OrderBy(row => row.Keys, Comparer<object?[]>.Create((x, y) => Compare(x, y, keys, comparer)))
            .ToList();
        if (Unique)
        {
            sorted = [.. sorted.Where((row, i) =>
                i == 0 || Compare(sorted[i - 1].Keys, row.Keys, keys, comparer) != 0)];
        }

        foreach (var (value, _) in Bottom is { } bottom ? sorted.TakeLast(bottom) : sorted.Take(Top ?? int.MaxValue))
        {
            WriteObject(value);
        }
    }

    private static object?[] Keys(PSObject value, IReadOnlyList<PropertyExpression> keys) =>
        keys.Count == 0 ? [value] : [.. keys.Select(key => key.Value(value))];

    private int Compare(object?[] left, object?[] right, IReadOnlyList<PropertyExpression> keys, ValueComparer comparer)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var order = comparer.Compare(left[i], right[i]);
            if (order != 0)
            {
                return IsDescending(i < keys.Count ? keys[i] : null) ? -order : order;
            }
        }

        return 0;
    }

    // A key's own Descending or Ascending goes before the parameter.
    private bool IsDescending(PropertyExpression? key)
    {
        if (key is not null && PropertyExpression.Key(key.Options, "Descending") is { } descending)
        {
            return LanguagePrimitives.IsTrue(descending);
        }

        return key is not null && PropertyExpression.Key(key.Options, "Ascending") is { } ascending
            ? !LanguagePrimitives.IsTrue(ascending)
            : Descending;
    }
}
