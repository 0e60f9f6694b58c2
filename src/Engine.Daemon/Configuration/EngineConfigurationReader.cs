using System.Reflection;
using Engine.Core;

namespace Engine.Daemon.Configuration;

/// <summary>
/// Makes the configuration of command line and file. It reads every setting whatever was wrong with those before, so
/// that all faults come out at once.
/// </summary>
internal sealed class EngineConfigurationReader
{
    private readonly SettingSource _source;

    private EngineConfigurationReader(SettingSource source) => _source = source;

    /// <summary>The version of this program, without the revision that it was built from.</summary>
    public static string Version { get; } = typeof(EngineConfigurationReader).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Reads the configuration.</summary>
    /// <param name="commandLine">The command line.</param>
    /// <param name="faults">All that is wrong; the configuration may be used only when there is nothing.</param>
    public static EngineConfiguration Read(CommandLine commandLine, out IReadOnlyList<ConfigurationFault> faults)
    {
        var found = new List<ConfigurationFault>();
        var file = ConfigurationFile.Read(commandLine.ConfigFile, found);
        var configuration = new EngineConfigurationReader(new SettingSource(commandLine, file, found)).Read();
        faults = found;
        return configuration;
    }

    private EngineConfiguration Read()
    {
        var engine = ReadEngine();
        CheckRoots(engine);
        var group = _source.Find(Setting.Group);
        return new EngineConfiguration
        {
            Engine = engine,
            Sockets = ReadSockets(engine.ExecRoot),
            Group = group?.Text("the name or the number of a group") ?? Default.Group,
            GroupIsRequired = group is not null,
            LogLevel = Value(Setting.LogLevel, LogLevelSetting.Level) ?? LogLevel.Information,
            LogFormat = Reference(Setting.LogFormat, v => v.OneOf("text", "json")) == "json" ? LogFormat.Json : LogFormat.Text,
            PidFile = Reference(Setting.PidFile, PathSetting.Absolute),
            ShutdownTimeout = Value(Setting.ShutdownTimeout, ShutdownTimeoutSeconds) switch
            {
                null => Default.ShutdownTimeout,
                -1 => Timeout.InfiniteTimeSpan,
                { } seconds => TimeSpan.FromSeconds(seconds),
            },
        };
    }

    private EngineOptions ReadEngine()
    {
        var options = new EngineOptions
        {
            DataRoot = Reference(Setting.DataRoot, PathSetting.Root) ?? Default.DataRoot,
            ExecRoot = Reference(Setting.ExecRoot, PathSetting.Root) ?? Default.ExecRoot,
            Version = Version,
            Init = Value(Setting.Init, v => v.Switch()) ?? false,
            InitPath = Reference(Setting.InitPath, PathSetting.Program),
            NoNewPrivileges = Value(Setting.NoNewPrivileges, v => v.Switch()) ?? false,
            SeccompProfile = Reference(Setting.SeccompProfile, SeccompSetting.Profile) is var profile and not SeccompSetting.BuiltIn
                ? profile : null,
            DefaultCgroupNamespaceMode = Reference(Setting.DefaultCgroupnsMode, v => v.OneOf("private", "host")),
            DefaultUlimits = Reference(Setting.DefaultUlimits, UlimitsSetting.Ulimits) ?? [],
            Labels = Reference(Setting.Labels, LabelsSetting.Labels) ?? [],
            MaxLayerBytes = Value(Setting.MaxLayerSize, ByteSizeSetting.Bytes),
            // Every engine unpacks gzip; zstd is smaller and faster, and unknown to Docker before 23.
            LayerCompression = Reference(Setting.LayerCompression, v => v.OneOf("gzip", "zstd")) == "zstd"
                ? ArchiveCompression.Zstd : ArchiveCompression.Gzip,
            Registries = ReadRegistries(),
        };
        var runtimes = _source.Find(Setting.Runtimes) is { } set ? RuntimesSetting.Runtimes(set) : options.Runtimes;
        return options with
        {
            Runtimes = runtimes ?? options.Runtimes,
            DefaultRuntime = Reference(Setting.DefaultRuntime, v => KnownRuntime(v, runtimes)),
            DefaultShmSize = Value(Setting.DefaultShmSize, ByteSizeSetting.Bytes) ?? options.DefaultShmSize,
            DefaultIpcMode = Reference(Setting.DefaultIpcMode, v => v.OneOf("private", "shareable")) ?? options.DefaultIpcMode,
            CgroupParent = Reference(Setting.CgroupParent, CgroupParentSetting.Parent) ?? options.CgroupParent,
            MaxLayerEntries = Count(Setting.MaxLayerEntries) ?? options.MaxLayerEntries,
        };
    }

    private RegistrySettings ReadRegistries()
    {
        var proxies = Reference(Setting.Proxies, ProxiesSetting.Proxies);
        var usual = new RegistrySettings();
        return new RegistrySettings
        {
            Mirrors = Reference(Setting.RegistryMirrors, RegistriesSetting.Mirrors) ?? [],
            InsecureRegistries = Reference(Setting.InsecureRegistries, RegistriesSetting.Insecure) ?? [],
            HttpProxy = proxies?.Http,
            HttpsProxy = proxies?.Https,
            NoProxy = proxies?.Direct,
            MaxAttempts = Count(Setting.MaxDownloadAttempts) ?? usual.MaxAttempts,
            MaxConcurrentDownloads = Count(Setting.MaxConcurrentDownloads) ?? usual.MaxConcurrentDownloads,
            MaxTotalDownloads = Count(Setting.MaxTotalDownloads) ?? usual.MaxTotalDownloads,
            MaxConcurrentUploads = Count(Setting.MaxConcurrentUploads) ?? usual.MaxConcurrentUploads,
        };
    }

    private int? Count(Setting setting) => Value(setting, static value => value.Integer(1, "a number above zero"));

    private IReadOnlyList<string> ReadSockets(string execRoot)
    {
        if (_source.Find(Setting.Hosts) is { } hosts)
        {
            return HostSetting.Sockets(hosts) ?? [];
        }

        var path = $"{execRoot}/{Default.SocketName}";
        if (HostSetting.IsTooLong(path))
        {
            _source.Faults.Add(ConfigurationFault.Value(Setting.ExecRoot.Key, path, HostSetting.ShortPath));
        }

        return [path];
    }

    // The data root outlives a reboot and the exec root must not: with one in the other, cleaning one would harm the other.
    private void CheckRoots(EngineOptions engine)
    {
        if (PathSetting.Overlap(engine.DataRoot, engine.ExecRoot))
        {
            _source.Faults.Add(ConfigurationFault.Value(
                Setting.ExecRoot.Key, engine.ExecRoot, $"a directory apart from the data root {engine.DataRoot}"));
        }
    }

    private static int? ShutdownTimeoutSeconds(SettingValue value)
    {
        const int day = 24 * 60 * 60;
        const string expected = "a number of seconds from 0 to 86400, or -1 for no limit";
        var seconds = value.Integer(-1, expected);
        if (seconds > day)
        {
            value.Fault(expected);
            return null;
        }

        return seconds;
    }

    // With a fault in the runtimes, which names there are is not known, and a second fault would only mislead.
    private static string? KnownRuntime(SettingValue value, IReadOnlyDictionary<string, RuntimeOptions>? runtimes) =>
        runtimes is null
            ? value.Text("a runtime's name")
            : value.OneOf([.. RuntimesSetting.BuiltIn, .. runtimes.Keys.Order(StringComparer.Ordinal)]);

    private T? Reference<T>(Setting setting, Func<SettingValue, T?> read)
        where T : class => _source.Find(setting) is { } value ? read(value) : null;

    private T? Value<T>(Setting setting, Func<SettingValue, T?> read)
        where T : struct => _source.Find(setting) is { } value ? read(value) : null;
}
