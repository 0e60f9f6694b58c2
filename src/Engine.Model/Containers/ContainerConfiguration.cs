namespace Engine;

/// <summary>
/// What a container is to be made of: the request to create one, and, with the image's own settings merged in, what a
/// created container keeps. Absent (null) always means "as the image or the engine's defaults say".
/// </summary>
public sealed record ContainerConfiguration
{
    /// <summary>The image: a reference, an id, or a unique prefix of an id.</summary>
    public required string Image { get; init; }

    /// <summary>The platform that the image must have (<c>os/arch[/variant]</c>), or null for the host's.</summary>
    public string? Platform { get; init; }

    /// <summary>
    /// The program to run. Null: the image's. Empty: none, so that <see cref="Command"/> alone is run. Setting it
    /// drops the image's command, as Docker does.
    /// </summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>The arguments after <see cref="Entrypoint"/>, or the program itself where there is none. Null: the image's.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>
    /// Environment variables as <c>NAME=value</c>, merged over the image's by name. A bare <c>NAME</c> removes the
    /// variable.
    /// </summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Labels, merged over the image's by key.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = EmptyDictionary.OfStrings;

    /// <summary>OCI annotations for the runtime. They are not labels: the image has none.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = EmptyDictionary.OfStrings;

    /// <summary>The directory to start in; absolute. It is made when the image lacks it.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary><c>user[:group]</c>, by name or number; names are looked up inside the image.</summary>
    public string? User { get; init; }

    /// <summary>Groups to add, by name (looked up inside the image) or number.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The host name. Null: the first 12 characters of the id, or the host's own on its UTS namespace.</summary>
    public string? Hostname { get; init; }

    /// <summary>The NIS domain name (domainname(7)).</summary>
    public string? DomainName { get; init; }

    /// <summary>The signal that asks the container to stop: a name or a number. Null: the image's, else SIGTERM.</summary>
    public string? StopSignal { get; init; }

    /// <summary>
    /// How long a stop waits after the stop signal before SIGKILL. Null: 10 seconds. Negative
    /// (<see cref="Timeout.InfiniteTimeSpan"/>): for ever.
    /// </summary>
    public TimeSpan? StopTimeout { get; init; }

    /// <summary>The network namespace: <c>none</c> or <c>host</c>. Null: <c>none</c>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>True when the root file system is mounted read-only.</summary>
    public bool ReadOnlyRootFileSystem { get; init; }

    /// <summary>Bind mounts and tmpfs mounts.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Capabilities beyond the default ones, with or without <c>CAP_</c>; <c>ALL</c> for all.</summary>
    public IReadOnlyList<string> CapabilitiesToAdd { get; init; } = [];

    /// <summary>Capabilities to take away, with or without <c>CAP_</c>; <c>ALL</c> for all.</summary>
    public IReadOnlyList<string> CapabilitiesToDrop { get; init; } = [];

    /// <summary>True for all capabilities, all devices, and none of seccomp, masked or read-only paths.</summary>
    public bool Privileged { get; init; }

    /// <summary>True when no process may gain privileges by execve (prctl(2), PR_SET_NO_NEW_PRIVS).</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>The seccomp filter: null for the engine's default, <c>unconfined</c>, or a profile's JSON text.</summary>
    public string? SeccompProfile { get; init; }

    /// <summary>Paths that the container sees as empty. Null: the default list. Empty: none.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Paths that the container cannot write to. Null: the default list. Empty: none.</summary>
    public IReadOnlyList<string>? ReadOnlyPaths { get; init; }

    /// <summary>Devices of the host to give to the container.</summary>
    public IReadOnlyList<ContainerDevice> Devices { get; init; } = [];

    /// <summary>Rules of the devices cgroup, such as <c>c 13:* rwm</c>.</summary>
    public IReadOnlyList<string> DeviceCgroupRules { get; init; } = [];

    /// <summary>Resource limits of the process (setrlimit(2)).</summary>
    public IReadOnlyList<Ulimit> Ulimits { get; init; } = [];

    /// <summary>Kernel parameters of the container's own namespaces (sysctl(8)).</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = EmptyDictionary.OfStrings;

    /// <summary>True when a small init reaps zombies and forwards signals as process 1. Null: the engine's default.</summary>
    public bool? Init { get; init; }

    /// <summary>The PID namespace: null or <c>private</c>, <c>host</c>, or <c>container:&lt;name or id&gt;</c>.</summary>
    public string? PidMode { get; init; }

    /// <summary>
    /// The IPC namespace: null or <c>private</c>, <c>none</c>, <c>shareable</c>, <c>host</c>, or
    /// <c>container:&lt;name or id&gt;</c> of a shareable one.
    /// </summary>
    public string? IpcMode { get; init; }

    /// <summary>The UTS namespace: null or <c>private</c>, or <c>host</c>.</summary>
    public string? UtsMode { get; init; }

    /// <summary>The cgroup namespace: null for the default (private on cgroup v2, host on v1), <c>private</c> or <c>host</c>.</summary>
    public string? CgroupNamespaceMode { get; init; }

    /// <summary>The cgroup under which the container's own is made. Null: the engine's.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>The OCI runtime's name in the engine's configuration. Null: the default one.</summary>
    public string? Runtime { get; init; }

    /// <summary>The size of /dev/shm in bytes. Null: 64 MiB.</summary>
    public long? ShmSize { get; init; }

    /// <summary>Limits on memory, processors and processes.</summary>
    public ContainerResources Resources { get; init; } = new();

    /// <summary>What is added to the OOM killer's score, -1000 to 1000. Null: nothing.</summary>
    public int? OomScoreAdjust { get; init; }

    /// <summary>True when the engine removes the container as soon as it has exited.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>The image and the command: a record of forty settings says too much on one line.</summary>
    public override string ToString() => string.Join(' ', [Image, .. Entrypoint ?? [], .. Command ?? []]);
}
