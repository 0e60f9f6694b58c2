using Engine.Linux.Processes;
using Engine.Linux.Runtime;

namespace Engine.Linux.Tests.Fixtures;

/// <summary>
/// This very test program, started once more for the one test that starts a container and waits: something that can be
/// killed in the engine's place.
/// </summary>
internal static class StarterProcess
{
    private const string Variable = "ENGINE_TESTS_START_CONTAINER";

    internal static string ReadyFile(MonitorOptions options) => Path.Combine(options.Paths.StateDirectory, "ready");

    internal static ChildProcessOptions Options(RuntimeFixture fixture, MonitorOptions options) => new()
    {
        FileName = Environment.ProcessPath!,
        Arguments =
        [
            .. Environment.ProcessPath!.EndsWith("/dotnet", StringComparison.Ordinal) ? new[] { typeof(StarterProcess).Assembly.Location } : [],
            "-explicit", "only", "-method", $"{typeof(StarterProcess).Namespace}.{nameof(StarterProcessTests)}.{nameof(StarterProcessTests.Start_a_container_and_wait)}",
        ],
        Environment =
        [
            .. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"),
            Variable + "=" + string.Join('|', fixture.Runtime.Root, options.Paths.Id, options.Paths.StateDirectory, options.Paths.ExitDirectory, options.Bundle, options.LogPath),
        ],
        NewSession = true,
    };

    /// <summary>The other side: what the second process does.</summary>
    internal static async Task StartAndWaitAsync(CancellationToken cancellationToken)
    {
        string[] fields = Environment.GetEnvironmentVariable(Variable)?.Split('|') ?? throw new InvalidOperationException(Variable + " is not set.");
        OciRuntime runtime = await OciRuntime.OpenAsync(new OciRuntimeOptions { Root = fields[0] }, cancellationToken);
        ContainerMonitor monitor = await ContainerMonitor.OpenAsync(cancellationToken: cancellationToken);
        MonitorOptions options = new() { Paths = new MonitorPaths(fields[1], fields[2], fields[3]), Bundle = fields[4], LogPath = fields[5] };
        using MonitoredContainer container = await monitor.CreateAsync(runtime, options, cancellationToken);
        await runtime.StartAsync(fields[1], cancellationToken: cancellationToken);
        await File.WriteAllTextAsync(ReadyFile(options), "", cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
