namespace Engine;

/// <summary>A container, as the engine saw it when it was asked. All that can be known of it is here.</summary>
public sealed record Container
{
    /// <summary>The id: 64 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The name, without a leading slash; unique in an engine.</summary>
    public required string Name { get; init; }

    /// <summary>The image's reference as it was given when the container was made.</summary>
    public required string Image { get; init; }

    /// <summary>The id of the image that the container was made of.</summary>
    public required string ImageId { get; init; }

    /// <summary>Where the container is in its life.</summary>
    public required ContainerState State { get; init; }

    /// <summary>The state as a sentence: <c>Up 5 minutes</c>, <c>Exited (0) 2 hours ago</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The exit code of the last run, 0 to 255; null when it has never ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why the last start or run failed, where the engine knows; empty when it did not.</summary>
    public string Error { get; init; } = "";

    /// <summary>True when the kernel killed a process of the last run for want of memory.</summary>
    public bool OomKilled { get; init; }

    /// <summary>The id of the first process, as the host sees it; null when the container does not run.</summary>
    public int? Pid { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last started; null when never.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its last run ended; null when none has.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How often the engine has restarted it by its policy.</summary>
    public int RestartCount { get; init; }

    /// <summary>The entrypoint and its arguments: what runs in it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>All settings, with the image's merged in.</summary>
    public required ContainerConfiguration Configuration { get; init; }

    /// <summary>The labels, the image's among them.</summary>
    public IReadOnlyDictionary<string, string> Labels => Configuration.Labels;

    /// <summary>The environment that the process is started with.</summary>
    public IReadOnlyList<string> Environment => Configuration.Environment;

    /// <summary>The mounts beside the root file system.</summary>
    public IReadOnlyList<ContainerMount> Mounts => Configuration.Mounts;

    /// <summary>The limits.</summary>
    public ContainerResources Resources => Configuration.Resources;

    /// <summary>The host name, or null when it is the host's own.</summary>
    public string? Hostname => Configuration.Hostname;

    /// <summary>The directory that the process is started in.</summary>
    public string WorkingDirectory => Configuration.WorkingDirectory ?? "/";

    /// <summary>The user as it was given; empty for root.</summary>
    public string User => Configuration.User ?? "";

    /// <summary>The network namespace: <c>none</c> or <c>host</c>.</summary>
    public string NetworkMode => Configuration.NetworkMode ?? "none";

    /// <summary>The driver that keeps its root file system.</summary>
    public string Driver { get; init; } = "overlay";

    /// <summary>The bytes in its own writable layer; null unless asked for.</summary>
    public long? SizeRw { get; init; }

    /// <summary>The bytes of its whole root file system; null unless asked for.</summary>
    public long? SizeRootFs { get; init; }

    /// <summary>The engine that it came from; null inside the engine itself.</summary>
    public EngineConnection? Engine { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
