using System.Diagnostics;
using Engine.Benchmarks.Engines;

namespace Engine.Benchmarks.Pulls;

/// <summary>How long an engine takes to pull an image of which it has nothing.</summary>
/// <param name="Name">The engine's name.</param>
/// <param name="Best">The shortest time: what the machine does besides only adds to it.</param>
/// <param name="Median">The median.</param>
/// <param name="Processor">The least processor time that a pull took of the engine's processes.</param>
/// <param name="PeakMemory">The most bytes that the engine's processes have had resident; null when it has none.</param>
internal sealed record PullMeasurement(string Name, TimeSpan Best, TimeSpan Median, TimeSpan? Processor, long? PeakMemory)
{
    public static async Task<PullMeasurement> TakeAsync(IMeasuredEngine engine, string reference, int pulls)
    {
        await engine.StartAsync();
        var times = new List<TimeSpan>();
        var processor = new List<TimeSpan?>();
        for (int i = 0; i < pulls; i++)
        {
            // Nobody pays for what another one has left to be written.
            using (Process sync = Process.Start("sync"))
            {
                await sync.WaitForExitAsync();
            }

            TimeSpan? before = engine.ProcessorTime();
            long started = Stopwatch.GetTimestamp();
            await engine.PullAsync(reference);
            times.Add(Stopwatch.GetElapsedTime(started));
            processor.Add(engine.ProcessorTime() - before);
            await engine.RemoveImageAsync(reference);
        }

        times.Sort();
        return new PullMeasurement(engine.Name, times[0], times[times.Count / 2], processor.Min(), engine.PeakMemory());
    }
}
