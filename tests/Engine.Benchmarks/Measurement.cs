using System.Diagnostics;
using Engine.Benchmarks.Engines;

namespace Engine.Benchmarks;

/// <summary>What was measured of one engine; null where it does not apply.</summary>
internal sealed record Measurement(
    string Name, TimeSpan? Ready, long? IdleMemory, TimeSpan Median, TimeSpan Percentile90, double PerSecond,
    long? Overhead, string Phases)
{
    private const int Sleepers = 10;

    public static async Task<Measurement> TakeAsync(IMeasuredEngine engine, BenchmarkOptions options)
    {
        TimeSpan? ready = await engine.StartAsync();
        // A service that has just started still frees what it started with.
        await Task.Delay(TimeSpan.FromSeconds(2));
        long? idle = engine.DaemonMemory();
        await engine.PrepareAsync();
        for (int i = 0; i < 5; i++)
        {
            await engine.RunAsync(0, null);
        }

        var phases = new PhaseTimes();
        var times = new List<TimeSpan>();
        for (int i = 0; i < options.Iterations; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await engine.RunAsync(0, phases);
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        times.Sort();
        double perSecond = await MeasureManyAsync(engine, options);
        await engine.StartSleepersAsync(Sleepers);
        long? overhead = engine.MonitorMemory() / Sleepers;
        return new Measurement(
            engine.Name, ready, idle, times[times.Count / 2], times[times.Count * 9 / 10], perSecond, overhead,
            phases.ToString());
    }

    private static async Task<double> MeasureManyAsync(IMeasuredEngine engine, BenchmarkOptions options)
    {
        int left = options.Containers;
        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(client => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await engine.RunAsync(client, null);
            }
        })));
        return options.Containers / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
