namespace Engine.Daemon.Configuration;

/// <summary>A setting of engined: its key in daemon.json, and its flag where it has one.</summary>
/// <param name="Key">The key in daemon.json.</param>
/// <param name="Flag">The flag on the command line, or null.</param>
internal sealed record Setting(string Key, string? Flag)
{
    public static readonly Setting DataRoot = new("data-root", "--data-root");
    public static readonly Setting ExecRoot = new("exec-root", "--exec-root");
    public static readonly Setting Hosts = new("hosts", "--host");
    public static readonly Setting Group = new("group", "--group");
    public static readonly Setting LogLevel = new("log-level", "--log-level");
    public static readonly Setting LogFormat = new("log-format", "--log-format");
    public static readonly Setting PidFile = new("pidfile", "--pidfile");
    public static readonly Setting Runtimes = new("runtimes", null);
    public static readonly Setting DefaultRuntime = new("default-runtime", "--default-runtime");
    public static readonly Setting DefaultShmSize = new("default-shm-size", null);
    public static readonly Setting DefaultIpcMode = new("default-ipc-mode", null);
    public static readonly Setting DefaultCgroupnsMode = new("default-cgroupns-mode", null);
    public static readonly Setting DefaultUlimits = new("default-ulimits", null);
    public static readonly Setting CgroupParent = new("cgroup-parent", null);
    public static readonly Setting Init = new("init", "--init");
    public static readonly Setting InitPath = new("init-path", "--init-path");
    public static readonly Setting NoNewPrivileges = new("no-new-privileges", null);
    public static readonly Setting SeccompProfile = new("seccomp-profile", "--seccomp-profile");
    public static readonly Setting ShutdownTimeout = new("shutdown-timeout", "--shutdown-timeout");
    public static readonly Setting Labels = new("labels", null);

    public static readonly Setting RegistryMirrors = new("registry-mirrors", "--registry-mirror");
    public static readonly Setting InsecureRegistries = new("insecure-registries", "--insecure-registry");
    public static readonly Setting MaxConcurrentDownloads = new("max-concurrent-downloads", "--max-concurrent-downloads");
    public static readonly Setting MaxTotalDownloads = new("max-total-downloads", null);
    public static readonly Setting MaxConcurrentUploads = new("max-concurrent-uploads", "--max-concurrent-uploads");
    public static readonly Setting MaxDownloadAttempts = new("max-download-attempts", "--max-download-attempts");
    public static readonly Setting MaxLayerSize = new("max-layer-size", null);
    public static readonly Setting MaxLayerEntries = new("max-layer-entries", null);
    public static readonly Setting LayerCompression = new("layer-compression", null);
    public static readonly Setting Proxies = new("proxies", null);

    /// <summary>Every setting; what is not here is not a setting.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        DataRoot, ExecRoot, Hosts, Group, LogLevel, LogFormat, PidFile, Runtimes, DefaultRuntime, DefaultShmSize,
        DefaultIpcMode, DefaultCgroupnsMode, DefaultUlimits, CgroupParent, Init, InitPath, NoNewPrivileges,
        SeccompProfile, ShutdownTimeout, Labels, RegistryMirrors, InsecureRegistries, MaxConcurrentDownloads,
        MaxTotalDownloads, MaxConcurrentUploads, MaxDownloadAttempts, MaxLayerSize, MaxLayerEntries,
        LayerCompression, Proxies,
    ];
}
