using System.Globalization;
using Engine.Benchmarks;
using Engine.Benchmarks.Engines;

// Measures engined beside dockerd and podman, where they are installed, in one run on one machine: the ratios count.
if (!BenchmarkOptions.TryParse(args, out BenchmarkOptions? options, out string? fault))
{
    Console.Error.WriteLine(fault);
    return 2;
}

var results = new List<Measurement>();
foreach (Func<IMeasuredEngine> make in InstalledEngines.All(options))
{
    await using IMeasuredEngine engine = make();
    Console.Error.WriteLine($"measuring {engine.Name} …");
    try
    {
        results.Add(await Measurement.TakeAsync(engine, options));
    }
    catch (Exception e) when (
        engine is not EngineProcess && e is InvalidOperationException or HttpRequestException or TimeoutException)
    {
        Console.Error.WriteLine($"{engine.Name} cannot be measured here: {e.Message}");
    }
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"create+start+wait+remove of `true`, network none: {options.Iterations} one at a time, {options.Containers} by {options.Clients} clients; {Environment.ProcessorCount} processors"));
Console.Write(ResultTable.Of(results));
foreach (Measurement result in results.Where(r => r.Phases.Length > 0))
{
    Console.WriteLine($"{result.Name}, medians one at a time: {result.Phases}");
}

return results.Count > 0 ? 0 : 1;
