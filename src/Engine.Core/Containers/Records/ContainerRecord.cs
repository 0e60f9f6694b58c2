using Engine.Linux.Processes;

namespace Engine.Core.Containers.Records;

/// <summary>What the database keeps of a container. Immutable: a change is a new record.</summary>
internal sealed record ContainerRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The image's reference as it was given.</summary>
    public required string Image { get; init; }

    public required string ImageId { get; init; }

    /// <summary>The chain ids of the image's layers, top-most first: they stay while the container does.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>The settings, with the image's merged in and defaults that must not change later made explicit.</summary>
    public required ContainerConfiguration Configuration { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ContainerState State { get; init; } = ContainerState.Created;

    /// <summary>
    /// True from before the first thing of a run is made (mount, cgroup, process) until the last one is gone: what a
    /// restarted engine must look after.
    /// </summary>
    public bool Materialised { get; init; }

    /// <summary>The runtime that made what is there now.</summary>
    public string? Runtime { get; init; }

    /// <summary>The kernel's boot id at the start of the run: after another boot, nothing of the run is left.</summary>
    public string? BootId { get; init; }

    /// <summary>The first process, while the container runs.</summary>
    public ProcessInstance? Process { get; init; }

    /// <summary>The monitor, while the container runs.</summary>
    public ProcessInstance? Monitor { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int? ExitCode { get; init; }

    public string Error { get; init; } = "";

    public bool OomKilled { get; init; }

    public int RestartCount { get; init; }

    /// <summary>True when the container has a process, frozen or not.</summary>
    public bool IsActive => State is ContainerState.Running or ContainerState.Paused;

    /// <summary>What runs: the entrypoint and its arguments.</summary>
    public IReadOnlyList<string> CommandLine => [.. Configuration.Entrypoint ?? [], .. Configuration.Command ?? []];
}
