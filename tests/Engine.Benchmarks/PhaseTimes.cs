using System.Diagnostics;
using System.Globalization;

namespace Engine.Benchmarks;

/// <summary>How long each phase of a container's life took, where it was run one at a time.</summary>
internal sealed class PhaseTimes
{
    private readonly Dictionary<string, List<double>> _phases = [];
    private long _since;

    /// <summary>Begins to measure a life.</summary>
    public void Begin() => _since = Stopwatch.GetTimestamp();

    /// <summary>Ends a phase, and begins the next one.</summary>
    public void End(string phase)
    {
        if (!_phases.TryGetValue(phase, out List<double>? times))
        {
            _phases[phase] = times = [];
        }

        times.Add(Stopwatch.GetElapsedTime(_since).TotalMilliseconds);
        _since = Stopwatch.GetTimestamp();
    }

    /// <summary>The median of each phase.</summary>
    public override string ToString() => string.Join(", ", _phases.Select(phase =>
    {
        double[] sorted = [.. phase.Value.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{phase.Key} {sorted[sorted.Length / 2]:0.0} ms");
    }));
}
