namespace Engine;

/// <summary>What an engine is, runs on, and holds.</summary>
public sealed record EngineInfo
{
    /// <summary>The engine's own id, kept in its data root.</summary>
    public required string Id { get; init; }

    /// <summary>The host's name.</summary>
    public required string Name { get; init; }

    /// <summary>The engine's version.</summary>
    public required string Version { get; init; }

    /// <summary>The version of the protocol: <c>engine.v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>When the engine was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The kernel's release (uname(2)).</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary>The distribution's name and version (os-release(5)).</summary>
    public string OperatingSystem { get; init; } = "";

    /// <summary>The processor architecture by Go's names.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>How many processors the engine may use.</summary>
    public int Cpus { get; init; }

    /// <summary>The host's memory in bytes.</summary>
    public long Memory { get; init; }

    /// <summary><c>1</c>, <c>1 (hybrid)</c> or <c>2</c>.</summary>
    public string CgroupVersion { get; init; } = "";

    /// <summary><c>cgroupfs</c> or <c>systemd</c>.</summary>
    public string CgroupDriver { get; init; } = "";

    /// <summary>The driver that keeps root file systems.</summary>
    public string StorageDriver { get; init; } = "";

    /// <summary>Where images and containers are kept.</summary>
    public string DataRoot { get; init; } = "";

    /// <summary>Where sockets and what a reboot may lose are kept.</summary>
    public string ExecRoot { get; init; } = "";

    /// <summary>The OCI runtimes that the engine found.</summary>
    public IReadOnlyList<RuntimeInfo> Runtimes { get; init; } = [];

    /// <summary>The name of the runtime that containers get unless they ask for another.</summary>
    public string DefaultRuntime { get; init; } = "";

    /// <summary>The container monitor's version.</summary>
    public string MonitorVersion { get; init; } = "";

    /// <summary>The security features that are in force: <c>seccomp</c>, <c>apparmor</c> …</summary>
    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    /// <summary>How many containers there are.</summary>
    public int Containers { get; init; }

    /// <summary>How many of them run.</summary>
    public int ContainersRunning { get; init; }

    /// <summary>How many of them are paused.</summary>
    public int ContainersPaused { get; init; }

    /// <summary>How many of them neither run nor are paused.</summary>
    public int ContainersStopped { get; init; }

    /// <summary>How many images there are.</summary>
    public int Images { get; init; }

    /// <summary>What the host lacks, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The module's own version; null inside the engine itself.</summary>
    public string? ModuleVersion { get; init; }

    /// <summary>The connection that was asked.</summary>
    public EngineConnection? Engine { get; init; }
}
