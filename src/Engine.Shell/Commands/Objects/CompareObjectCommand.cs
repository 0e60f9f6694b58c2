using System.Management.Automation;
using Engine.Shell.Commands.Objects;

namespace Microsoft.PowerShell.Commands;

/// <summary>Compare-Object: what one set has and the other lacks.</summary>
[Cmdlet(VerbsData.Compare, "Object")]
internal sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _difference = [];

    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _difference.AddRange(DifferenceObject);

    protected override void EndProcessing()
    {
        var comparer = new ValueComparer(CaseSensitive);
        var properties = PropertyExpression.FromAll(Property);
        var unmatched = ReferenceObject.ToList();
        var added = new List<PSObject>();
        foreach (var value in _difference)
        {
            var at = unmatched.FindIndex(known => Same(known, value, properties, comparer));
            if (at < 0)
            {
                added.Add(value);
                continue;
            }

            if (IncludeEqual)
            {
                Write(unmatched[at], "==", properties);
            }

            unmatched.RemoveAt(at);
        }

        if (!ExcludeDifferent)
        {
            added.ForEach(value => Write(value, "=>", properties));
            unmatched.ForEach(value => Write(value, "<=", properties));
        }
    }

    private static bool Same(
        PSObject left, PSObject right, IReadOnlyList<PropertyExpression> properties, ValueComparer comparer) =>
        properties.Count == 0
            ? SelectedObject.AreEqual(left, right, comparer)
            : properties.All(property => comparer.Equals(property.Value(left), property.Value(right)));

    private void Write(PSObject value, string side, IReadOnlyList<PropertyExpression> properties)
    {
        var result = PassThru ? value : new PSObject();
        if (!PassThru && properties.Count == 0)
        {
            result.Properties.Add(new PSNoteProperty("InputObject", value));
        }

        foreach (var (name, property) in PassThru ? [] : properties.SelectMany(property => property.Resolve(value)))
        {
            result.Properties.Add(new PSNoteProperty(name, property));
        }

        result.Properties.Add(new PSNoteProperty("SideIndicator", side));
        WriteObject(result);
    }
}
