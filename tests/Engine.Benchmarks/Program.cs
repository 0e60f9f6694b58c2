using System.Globalization;
using Engine.Benchmarks;
using Engine.Benchmarks.Engines;
using Engine.Benchmarks.Pulls;
using Engine.Testing.Registry;

// Measures engined beside dockerd and podman, where they are installed, in one run on one machine: the ratios count.
if (!BenchmarkOptions.TryParse(args, out BenchmarkOptions? options, out string? fault))
{
    Console.Error.WriteLine(fault);
    return 2;
}

int measured = 0;
if (options.Work is "" or "run")
{
    measured += await MeasureRunsAsync();
}

if (options.Work is "" or "pull")
{
    measured += await MeasurePullsAsync();
}

return measured > 0 ? 0 : 1;

async Task<int> MeasureRunsAsync()
{
    List<Measurement> results = await TakeAsync(engine => Measurement.TakeAsync(engine, options));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"create+start+wait+remove of `true`, network none: {options.Iterations} one at a time, {options.Containers} by {options.Clients} clients; {Environment.ProcessorCount} processors"));
    Console.Write(ResultTable.Of(results));
    foreach (Measurement result in results.Where(r => r.Phases.Length > 0))
    {
        Console.WriteLine($"{result.Name}, medians one at a time: {result.Phases}");
    }

    return results.Count;
}

async Task<int> MeasurePullsAsync()
{
    if (options.Image.Length > 0)
    {
        return await MeasurePullsOfAsync(options.Image, options.Image);
    }

    if (!DockerRegistry.IsInstalled)
    {
        Console.Error.WriteLine("Pulls cannot be measured here: docker-registry is not installed.");
        return 0;
    }

    await using DockerRegistry registry = await DockerRegistry.StartAsync();
    var (reference, bytes, packed) = await ManyLayerImage.PushAsync(registry.Host);
    return await MeasurePullsOfAsync(reference, string.Create(
        CultureInfo.InvariantCulture,
        $"{bytes / 1e6:0} MB in many layers ({packed / 1e6:0} MB as gzip) from a registry on loopback"));
}

async Task<int> MeasurePullsOfAsync(string reference, string what)
{
    List<PullMeasurement> results = await TakeAsync(
        engine => PullMeasurement.TakeAsync(engine, reference, options.Pulls));
    Console.WriteLine($"pull of {what}: {options.Pulls} times; {Environment.ProcessorCount} processors");
    Console.Write(ResultTable.Of(results));
    return results.Count;
}

async Task<List<T>> TakeAsync<T>(Func<IMeasuredEngine, Task<T>> take)
{
    var results = new List<T>();
    foreach (Func<IMeasuredEngine> make in InstalledEngines.All(options))
    {
        await using IMeasuredEngine engine = make();
        Console.Error.WriteLine($"measuring {engine.Name} …");
        try
        {
            results.Add(await take(engine));
        }
        catch (Exception e) when (
            engine is not EngineProcess && e is InvalidOperationException or HttpRequestException or TimeoutException)
        {
            Console.Error.WriteLine($"{engine.Name} cannot be measured here: {e.Message}");
        }
    }

    return results;
}
