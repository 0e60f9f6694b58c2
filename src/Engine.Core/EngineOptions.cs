namespace Engine.Core;

/// <summary>The settings that the engine's rules depend on. The daemon reads and validates them; here they are facts.</summary>
public sealed record EngineOptions
{
    /// <summary>Where images and containers are kept; absolute.</summary>
    public required string DataRoot { get; init; }

    /// <summary>Where sockets and what a reboot may lose are kept; absolute.</summary>
    public required string ExecRoot { get; init; }

    /// <summary>The engine's version, as it is shown to users.</summary>
    public string Version { get; init; } = "0.0.0";

    /// <summary>OCI runtimes beside crun and runc, by the name that containers ask for.</summary>
    public IReadOnlyDictionary<string, RuntimeOptions> Runtimes { get; init; } = new Dictionary<string, RuntimeOptions>();

    /// <summary>The runtime of containers that ask for none. Null: crun, or runc where crun cannot run.</summary>
    public string? DefaultRuntime { get; init; }

    /// <summary>True when containers get an init process unless they say otherwise.</summary>
    public bool Init { get; init; }

    /// <summary>The init program to use. Null: the first of the well-known ones that is installed.</summary>
    public string? InitPath { get; init; }

    /// <summary>True when no container may gain privileges by execve, whatever it asks for.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>The default seccomp profile: null for the host's own, <c>unconfined</c>, or a file's path.</summary>
    public string? SeccompProfile { get; init; }

    /// <summary>The bytes of /dev/shm of containers that do not say.</summary>
    public long DefaultShmSize { get; init; } = 64L << 20;

    /// <summary><c>private</c> or <c>shareable</c>.</summary>
    public string DefaultIpcMode { get; init; } = "private";

    /// <summary><c>private</c> or <c>host</c>. Null: private on cgroup v2, host on v1, as Docker.</summary>
    public string? DefaultCgroupNamespaceMode { get; init; }

    /// <summary>Limits of containers that do not set them.</summary>
    public IReadOnlyList<Ulimit> DefaultUlimits { get; init; } = [];

    /// <summary>The cgroup below which each container's is made.</summary>
    public string CgroupParent { get; init; } = "/engine";

    /// <summary>Labels of the engine itself.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>How layers that are made here are compressed; never not at all.</summary>
    public ArchiveCompression LayerCompression { get; init; } = ArchiveCompression.Gzip;

    /// <summary>The most entries that a layer may have.</summary>
    public long MaxLayerEntries { get; init; } = 10_000_000;

    /// <summary>The most bytes that a layer may unpack to. Null: what the disk holds.</summary>
    public long? MaxLayerBytes { get; init; }

    /// <summary>How registries are reached.</summary>
    public RegistrySettings Registries { get; init; } = new();
}
