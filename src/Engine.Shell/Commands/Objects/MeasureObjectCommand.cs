using System.Globalization;
using System.Management.Automation;
using Engine.Shell.Commands.Objects;

namespace Microsoft.PowerShell.Commands;

/// <summary>Measure-Object: counts, sums and extremes, or the lines, words and characters of text.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = Numbers)]
internal sealed class MeasureObjectCommand : PSCmdlet
{
    private const string Numbers = "GenericMeasure";
    private const string Text = "TextMeasure";

    private readonly Dictionary<string, Measurement> _measurements = new(StringComparer.OrdinalIgnoreCase);

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter(ParameterSetName = Numbers)]
    public SwitchParameter Sum { get; set; }

    [Parameter(ParameterSetName = Numbers)]
    public SwitchParameter Average { get; set; }

    [Parameter(ParameterSetName = Numbers)]
    public SwitchParameter Maximum { get; set; }

    [Parameter(ParameterSetName = Numbers)]
    public SwitchParameter Minimum { get; set; }

    [Parameter(ParameterSetName = Numbers)]
    public SwitchParameter StandardDeviation { get; set; }

    [Parameter(ParameterSetName = Numbers)]
    public SwitchParameter AllStats { get; set; }

    [Parameter(ParameterSetName = Text)]
    public SwitchParameter Line { get; set; }

    [Parameter(ParameterSetName = Text)]
    public SwitchParameter Word { get; set; }

    [Parameter(ParameterSetName = Text)]
    public SwitchParameter Character { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (Property is null)
        {
            Measure("", InputObject);
            return;
        }

        var properties = PropertyExpression.FromAll(Property).Where(property => property.IsOn(InputObject));
        foreach (var (name, value) in properties.SelectMany(property => property.Resolve(InputObject)))
        {
            if (value is not null)
            {
                Measure(name, value);
            }
        }
    }

    protected override void EndProcessing()
    {
        if (_measurements.Count == 0)
        {
            if (Property is null)
            {
                _measurements[""] = new Measurement();
            }
            else
            {
                WriteError(new ErrorRecord(
                    new PSArgumentException(
                        $"The property \"{PropertyExpression.From(Property[0])}\" cannot be found in the input for any "
                        + "objects."),
                    "GenericMeasurePropertyNotFound", ErrorCategory.InvalidArgument, null));
            }
        }

        foreach (var (name, measurement) in _measurements)
        {
            WriteObject(ParameterSetName == Text ? TextResult(name, measurement) : NumberResult(name, measurement));
        }
    }

    private void Measure(string name, object value)
    {
        if (!_measurements.TryGetValue(name, out var measurement))
        {
            _measurements[name] = measurement = new Measurement();
        }

        if (ParameterSetName == Text)
        {
            measurement.AddText(LanguagePrimitives.ConvertTo<string>(value));
            return;
        }

        measurement.Add(value);
        if (!Sum && !Average && !StandardDeviation && !AllStats)
        {
            return;
        }

        if (LanguagePrimitives.TryConvertTo<double>(value, CultureInfo.InvariantCulture, out var number))
        {
            measurement.AddNumber(number);
        }
        else
        {
            WriteError(new ErrorRecord(
                new PSInvalidCastException($"Input object \"{value}\" is not numeric."),
                "NonNumericInputObject",
                ErrorCategory.InvalidType,
                value));
        }
    }

    private PSObject NumberResult(string name, Measurement measured) => Result(
        "Microsoft.PowerShell.Commands.GenericMeasureInfo",
        ("Count", measured.Count),
        ("Average", (Average || AllStats) && measured.Count > 0 ? measured.Sum / measured.Count : null),
        ("Sum", Sum || AllStats ? measured.Sum : null),
        ("Maximum", Maximum || AllStats ? measured.Maximum : null),
        ("Minimum", Minimum || AllStats ? measured.Minimum : null),
        ("StandardDeviation", StandardDeviation || AllStats ? measured.StandardDeviation : null),
        ("Property", name.Length > 0 ? name : null));

    private PSObject TextResult(string name, Measurement measured) => Result(
        "Microsoft.PowerShell.Commands.TextMeasureInfo",
        ("Lines", Line ? measured.Lines : null),
        ("Words", Word ? measured.Words : null),
        ("Characters", Character ? measured.Characters : null),
        ("Property", name.Length > 0 ? name : null));

    private static PSObject Result(string typeName, params (string Name, object? Value)[] properties)
    {
        var result = new PSObject();
        foreach (var (name, value) in properties)
        {
            result.Properties.Add(new PSNoteProperty(name, value));
        }

        result.TypeNames.Insert(0, typeName);
        return result;
    }
}
