namespace Engine.Benchmarks.Engines;

/// <summary>An engine with a private state, as the benchmarks drive it.</summary>
internal interface IMeasuredEngine : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Starts it.</summary>
    /// <returns>From the start of the process to its first answer; null when it has no process of its own.</returns>
    Task<TimeSpan?> StartAsync();

    /// <summary>Brings the image in.</summary>
    Task PrepareAsync();

    /// <summary>Creates, starts, waits for and removes a container that does nothing.</summary>
    /// <param name="client">Which of the clients does it.</param>
    /// <param name="phases">Where to note how long each phase took; null when several clients are at work.</param>
    Task RunAsync(int client, PhaseTimes? phases);

    /// <summary>Starts containers that sleep until the engine is disposed.</summary>
    Task StartSleepersAsync(int count);

    /// <summary>The resident bytes of its own processes; null when it has none.</summary>
    long? DaemonMemory();

    /// <summary>
    /// The resident bytes of all processes that it keeps for running containers, without the containers' own.
    /// </summary>
    long MonitorMemory();

    /// <summary>Brings an image from a registry on loopback.</summary>
    Task PullAsync(string reference);

    /// <summary>Removes an image with all that is only its own.</summary>
    Task RemoveImageAsync(string reference);

    /// <summary>The most bytes that its own processes have had resident; null when it has none.</summary>
    long? PeakMemory();

    /// <summary>
    /// The processor time of its own processes and of those that they have waited for; null when it has none.
    /// </summary>
    TimeSpan? ProcessorTime();
}
