namespace Engine.Linux.Runtime;

/// <summary>Which OCI runtime, and how it is used.</summary>
public sealed record OciRuntimeOptions
{
    /// <summary>
    /// The programs to take the first usable one of: names or absolute paths. crun comes first, since it starts a container
    /// in a third of runc's time.
    /// </summary>
    public IReadOnlyList<string> Candidates { get; init; } = ["crun", "runc"];

    /// <summary>Arguments of the administrator's own, before every command.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where the runtime keeps its state, in a directory that a reboot empties.</summary>
    public required string Root { get; init; }

    /// <summary>Let systemd make the cgroups (scopes) rather than writing to the cgroup file system.</summary>
    public bool SystemdCgroup { get; init; }

    /// <summary>How long one command of the runtime may take before it is killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
