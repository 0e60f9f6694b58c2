using System.Management.Automation;

namespace Engine.Shell.Commands.Objects;

/// <summary>What Measure-Object has seen of one property.</summary>
internal sealed class Measurement
{
    private readonly ValueComparer _comparer = new(caseSensitive: false);

    private int _numbers;
    private double _mean;
    private double _squares;

    public int Count { get; private set; }

    public double Sum { get; private set; }

    /// <summary>Of a sample: divided by one less than the count; null for fewer than two numbers.</summary>
    public double? StandardDeviation => _numbers > 1 ? Math.Sqrt(_squares / (_numbers - 1)) : null;

    public object? Maximum { get; private set; }

    public object? Minimum { get; private set; }

    public int Lines { get; private set; }

    public int Words { get; private set; }

    public int Characters { get; private set; }

    /// <summary>Counts a value, and keeps it if it is the largest or the smallest.</summary>
    public void Add(object value)
    {
        value = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        Count++;
        Maximum = Maximum is null || _comparer.Compare(value, Maximum) > 0 ? value : Maximum;
        Minimum = Minimum is null || _comparer.Compare(value, Minimum) < 0 ? value : Minimum;
    }

    /// <summary>Adds to the sum.</summary>
    public void AddNumber(double number)
    {
        Sum += number;
        // Welford's recurrence: the squares' sum loses no digits to the mean.
        _numbers++;
        var difference = number - _mean;
        _mean += difference / _numbers;
        _squares += difference * (number - _mean);
    }

    /// <summary>Counts what is in a text.</summary>
    public void AddText(string text)
    {
        Lines += text.Length == 0 ? 0 : text.Split('\n').Length;
        Words += text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        Characters += text.Length;
    }
}
