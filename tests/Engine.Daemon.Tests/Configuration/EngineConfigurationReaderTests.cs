using Engine.Daemon.Configuration;

namespace Engine.Daemon.Tests.Configuration;

public sealed class EngineConfigurationReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Without_any_setting_the_defaults_are_those_of_the_design()
    {
        var configuration = Valid("{}");
        Assert.Equal("/var/lib/engine", configuration.Engine.DataRoot);
        Assert.Equal("/run/engine", configuration.Engine.ExecRoot);
        Assert.Equal(["/run/engine/engine.sock"], configuration.Sockets);
        Assert.Equal("engine", configuration.Group);
        Assert.False(configuration.GroupIsRequired);
        Assert.Equal(LogLevel.Information, configuration.LogLevel);
        Assert.Equal(TimeSpan.FromSeconds(15), configuration.ShutdownTimeout);
        Assert.Equal(64L << 20, configuration.Engine.DefaultShmSize);
        Assert.Null(configuration.PidFile);
        Assert.Null(configuration.Engine.DefaultRuntime);
    }

    [Fact]
    public void Every_key_of_the_file_is_taken()
    {
        var configuration = Valid(
            """
            {
              "data-root": "/srv/data/", "exec-root": "/srv/run", "hosts": ["unix:///srv/a.sock", "unix:///srv/b.sock"],
              "group": "0", "log-level": "debug", "log-format": "json", "pidfile": "/srv/pid",
              "runtimes": {"mine": {"path": "/bin/sh", "runtimeArgs": ["-x", "-y"]}}, "default-runtime": "mine",
              "default-shm-size": "128m", "default-ipc-mode": "shareable", "default-cgroupns-mode": "host",
              "default-ulimits": {"nofile": {"Name": "nofile", "Soft": 1024, "Hard": -1}}, "cgroup-parent": "/machines",
              "init": true, "init-path": "/bin/sh", "no-new-privileges": true, "seccomp-profile": "unconfined",
              "shutdown-timeout": -1, "labels": ["a=1", "b="],
              "registry-mirrors": ["https://mirror.example/"], "insecure-registries": ["a.example:5000", "10.0.0.0/8"],
              "max-concurrent-downloads": 4, "max-total-downloads": 40, "max-concurrent-uploads": 6,
              "max-download-attempts": 7, "max-layer-size": "10g", "max-layer-entries": 1000,
              "layer-compression": "zstd",
              "proxies": {"http-proxy": "http://p.example:1", "https-proxy": "q.example:2", "no-proxy": "*.local"}
            }
            """);
        var engine = configuration.Engine;
        Assert.Equal("/srv/data", engine.DataRoot);
        Assert.Equal("/srv/run", engine.ExecRoot);
        Assert.Equal(["/srv/a.sock", "/srv/b.sock"], configuration.Sockets);
        Assert.Equal("0", configuration.Group);
        Assert.True(configuration.GroupIsRequired);
        Assert.Equal(LogLevel.Debug, configuration.LogLevel);
        Assert.Equal(LogFormat.Json, configuration.LogFormat);
        Assert.Equal("/srv/pid", configuration.PidFile);
        Assert.Equal("/bin/sh", engine.Runtimes["mine"].Path);
        Assert.Equal(["-x", "-y"], engine.Runtimes["mine"].Arguments);
        Assert.Equal("mine", engine.DefaultRuntime);
        Assert.Equal(128L << 20, engine.DefaultShmSize);
        Assert.Equal("shareable", engine.DefaultIpcMode);
        Assert.Equal("host", engine.DefaultCgroupNamespaceMode);
        Assert.Equal([new Ulimit("nofile", 1024, -1)], engine.DefaultUlimits);
        Assert.Equal("/machines", engine.CgroupParent);
        Assert.True(engine.Init);
        Assert.Equal("/bin/sh", engine.InitPath);
        Assert.True(engine.NoNewPrivileges);
        Assert.Equal("unconfined", engine.SeccompProfile);
        Assert.Equal(Timeout.InfiniteTimeSpan, configuration.ShutdownTimeout);
        Assert.Equal(["a=1", "b="], engine.Labels);
        Assert.Equal([new Uri("https://mirror.example/")], engine.Registries.Mirrors);
        Assert.Equal(["a.example:5000", "10.0.0.0/8"], engine.Registries.InsecureRegistries);
        Assert.Equal(4, engine.Registries.MaxConcurrentDownloads);
        Assert.Equal(40, engine.Registries.MaxTotalDownloads);
        Assert.Equal(6, engine.Registries.MaxConcurrentUploads);
        Assert.Equal(7, engine.Registries.MaxAttempts);
        Assert.Equal(10L << 30, engine.MaxLayerBytes);
        Assert.Equal(1000, engine.MaxLayerEntries);
        Assert.Equal(ArchiveCompression.Zstd, engine.LayerCompression);
        Assert.Equal("http://p.example:1", engine.Registries.HttpProxy);
        Assert.Equal("q.example:2", engine.Registries.HttpsProxy);
        Assert.Equal("*.local", engine.Registries.NoProxy);
    }

    [Fact]
    public void Every_setting_has_a_key_in_the_test_above_or_it_would_go_unread()
    {
        Assert.Equal(30, Setting.All.Count);
        Assert.Equal(Setting.All.Count, Setting.All.Select(setting => setting.Key).Distinct().Count());
    }

    [Fact]
    public void Every_flag_is_taken()
    {
        var configuration = Valid(
            "{}", "--data-root", "/srv/data", "--exec-root=/srv/run", "--host", "unix:///srv/a.sock", "--host",
            "unix:///srv/b.sock", "--group", "0", "--log-level", "warn", "--log-format", "json", "--pidfile", "/srv/pid",
            "--default-runtime", "crun", "--seccomp-profile", "builtin", "--init", "--init-path", "/bin/sh",
            "--shutdown-timeout", "3", "--registry-mirror", "http://a.example", "--registry-mirror", "http://b.example",
            "--insecure-registry", "c.example", "--max-concurrent-downloads", "1", "--max-concurrent-uploads", "2",
            "--max-download-attempts", "9");
        Assert.Equal("/srv/data", configuration.Engine.DataRoot);
        Assert.Equal("/srv/run", configuration.Engine.ExecRoot);
        Assert.Equal(["/srv/a.sock", "/srv/b.sock"], configuration.Sockets);
        Assert.Equal("0", configuration.Group);
        Assert.Equal(LogLevel.Warning, configuration.LogLevel);
        Assert.Equal(LogFormat.Json, configuration.LogFormat);
        Assert.Equal("/srv/pid", configuration.PidFile);
        Assert.Equal("crun", configuration.Engine.DefaultRuntime);
        Assert.Null(configuration.Engine.SeccompProfile);
        Assert.True(configuration.Engine.Init);
        Assert.Equal("/bin/sh", configuration.Engine.InitPath);
        Assert.Equal(TimeSpan.FromSeconds(3), configuration.ShutdownTimeout);
        var registries = configuration.Engine.Registries;
        Assert.Equal(["a.example", "b.example"], registries.Mirrors.Select(mirror => mirror.Host));
        Assert.Equal(["c.example"], registries.InsecureRegistries);
        Assert.Equal(
            (1, 2, 9), (registries.MaxConcurrentDownloads, registries.MaxConcurrentUploads, registries.MaxAttempts));
    }

    [Theory]
    [InlineData("""{"registry-mirrors": ["ftp://a.example"]}""")]
    [InlineData("""{"registry-mirrors": ["https://user:secret@a.example"]}""")]
    [InlineData("""{"registry-mirrors": ["https://a.example?secret"]}""")]
    [InlineData("""{"insecure-registries": ["a.example/path"]}""")]
    [InlineData("""{"proxies": {"http-proxy": "ftp://user:secret@a.example"}}""")]
    [InlineData("""{"proxies": {"https-proxy": ["user:secret@a.example"]}}""")]
    [InlineData("""{"proxies": {"all": "user:secret@a.example"}}""")]
    [InlineData("""{"proxies": "user:secret@a.example"}""")]
    [InlineData("""{"max-concurrent-downloads": 0}""")]
    public void A_fault_about_registries_shows_no_password(string json) =>
        Assert.DoesNotContain("user:secret", Assert.Single(Faults(json)), StringComparison.Ordinal);

    [Fact]
    public void All_faults_come_at_once_and_each_names_its_setting()
    {
        var faults = Faults(
            """
            {
              "log-levle": "info", "data-root": "relative", "hosts": ["tcp://0.0.0.0:2375"], "log-format": "xml",
              "default-shm-size": "-1", "shutdown-timeout": "soon", "init": "yes", "labels": ["novalue"]
            }
            """,
            "--log-level", "loud");
        string[] settings = ["log-levle", "data-root", "hosts", "log-format", "default-shm-size", "shutdown-timeout", "init", "labels", "--log-level"];
        Assert.Equal(settings.Length, faults.Count);
        Assert.All(settings, setting => Assert.Contains(faults, fault => fault.StartsWith(setting, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_unknown_key_is_answered_with_the_one_that_was_meant() =>
        Assert.Contains("did you mean log-level?", Assert.Single(Faults("""{"log-levle": "info"}""")));

    [Fact]
    public void A_key_that_resembles_nothing_gets_no_suggestion() =>
        Assert.DoesNotContain("did you mean", Assert.Single(Faults("""{"swarm-raft-heartbeat-tick": 1}""")));

    [Theory]
    [InlineData("""{"log-level": "info"}""", "--log-level", "info")]
    [InlineData("""{"hosts": ["unix:///srv/a.sock"]}""", "--host", "unix:///srv/b.sock")]
    [InlineData("""{"init": true}""", "--init", "true")]
    public void A_setting_in_both_places_is_a_fault_even_when_they_agree(string json, string flag, string value)
    {
        var fault = Assert.Single(Faults(json, flag, value));
        Assert.Contains("set both by " + flag, fault, StringComparison.Ordinal);
        Assert.Contains(_directory["daemon.json"], fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data-root": "/"}""", "not the root of the file system")]
    [InlineData("""{"data-root": "/srv", "exec-root": "/srv/run"}""", "apart from the data root /srv")]
    [InlineData("""{"data-root": ""}""", "an absolute path")]
    [InlineData("""{"data-root": "/srv\u0000x"}""", "an absolute path")]
    [InlineData("""{"data-root": 7}""", "an absolute path")]
    [InlineData("""{"hosts": []}""", "one or more addresses")]
    [InlineData("""{"hosts": "unix:///srv/a.sock"}""", "addresses like")]
    [InlineData("""{"hosts": ["unix://a.sock"]}""", "absolute path")]
    [InlineData("""{"hosts": ["unix:///srv/a.sock", "unix:///srv//a.sock"]}""", "each address once")]
    [InlineData("""{"log-level": "INFO"}""", "trace, debug, info, warn, error, fatal")]
    [InlineData("""{"log-level": null}""", "trace, debug, info, warn, error, fatal")]
    [InlineData("""{"runtimes": {"crun": {"path": "/bin/sh"}}}""", "the engine does not use itself")]
    [InlineData("""{"runtimes": {"a b": {"path": "/bin/sh"}}}""", "a runtime's name")]
    [InlineData("""{"runtimes": {"mine": {}}}""", "absolute path of a program")]
    [InlineData("""{"runtimes": {"mine": {"path": "/nowhere/at/all"}}}""", "absolute path of a program")]
    [InlineData("""{"runtimes": {"mine": {"path": "/bin/sh", "options": {}}}}""", "runtimeArgs")]
    [InlineData("""{"default-runtime": "mine"}""", "one of crun, runc")]
    [InlineData("""{"default-shm-size": 0}""", "a number of bytes above zero")]
    [InlineData("""{"default-shm-size": "9999999999t"}""", "a number of bytes above zero")]
    [InlineData("""{"default-ipc-mode": "host"}""", "private, shareable")]
    [InlineData("""{"default-cgroupns-mode": "shared"}""", "private, host")]
    [InlineData("""{"default-ulimits": {"files": {"Soft": 1, "Hard": 2}}}""", "nofile")]
    [InlineData("""{"default-ulimits": {"nofile": {"Soft": 2, "Hard": 1}}}""", "Soft not above Hard")]
    [InlineData("""{"default-ulimits": {"nofile": {"Soft": -1, "Hard": 1}}}""", "Soft not above Hard")]
    [InlineData("""{"cgroup-parent": "/a/../b"}""", "without empty, . or .. parts")]
    [InlineData("""{"init-path": "/nowhere/at/all"}""", "a program that exists")]
    [InlineData("""{"seccomp-profile": "/nowhere/at/all"}""", "builtin, unconfined")]
    [InlineData("""{"shutdown-timeout": -2}""", "from 0 to 86400")]
    [InlineData("""{"shutdown-timeout": 86401}""", "from 0 to 86400")]
    [InlineData("""{"shutdown-timeout": 1.5}""", "from 0 to 86400")]
    [InlineData("""{"labels": ["com.docker.x=1"]}""", "outside Docker's own namespaces")]
    [InlineData("""{"labels": ["a=1", "a=2"]}""", "one value for each label")]
    [InlineData("""{"group": ["a"]}""", "the name or the number of a group")]
    [InlineData("""{"init": true, "init": true}""", "twice")]
    public void A_bad_value_is_refused_with_what_was_expected(string json, string expected) =>
        Assert.Contains(expected, Assert.Single(Faults(json)), StringComparison.Ordinal);

    [Fact]
    public void A_socket_path_may_have_107_bytes_and_not_108()
    {
        var longest = "/" + new string('ä', 53);
        Assert.Equal([longest], Valid($$"""{"hosts": ["unix://{{longest}}"]}""").Sockets);
        Assert.Contains("at most 107 bytes", Assert.Single(Faults($$"""{"hosts": ["unix://{{longest}}x"]}""")));
        Assert.Contains("at most 107 bytes", Assert.Single(Faults($$"""{"exec-root": "/{{new string('x', 96)}}"}""")));
    }

    [Theory]
    [InlineData("[]", "does not hold a JSON object")]
    [InlineData("null", "does not hold a JSON object")]
    [InlineData("{} {}", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{\"init\": true, // why\n}", "not valid JSON")]
    [InlineData("{\"init\": true,}", "not valid JSON")]
    [InlineData("\0\0\0\0", "not valid JSON")]
    public void A_file_that_is_no_JSON_object_is_refused_by_its_name(string content, string expected)
    {
        var fault = Assert.Single(Faults(content));
        Assert.StartsWith(_directory["daemon.json"], fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_nested_brackets_is_refused_and_does_not_exhaust_the_stack() =>
        Assert.Contains("not valid JSON", Assert.Single(Faults(new string('[', 100_000))));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF{}")]
    public void An_empty_file_and_a_byte_order_mark_are_accepted(string content) => Valid(content);

    [Fact]
    public void A_file_that_is_named_must_exist()
    {
        EngineConfigurationReader.Read(new CommandLine(["--config-file", _directory["missing.json"]]), out var faults);
        Assert.StartsWith("--config-file", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/proc")]
    public void A_device_and_a_directory_are_refused(string path)
    {
        EngineConfigurationReader.Read(new CommandLine(["--config-file", path]), out var faults);
        Assert.Contains("cannot be read", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_value_stays_on_one_short_line()
    {
        var fault = Assert.Single(Faults("""{"group": "a\nb\u001b[31mPPPP"}""".Replace("PPPP", new string('p', 5000), StringComparison.Ordinal)));
        Assert.DoesNotContain(fault, char.IsControl);
        Assert.True(fault.Length < 500, fault);
    }

    private EngineConfiguration Valid(string json, params string[] arguments)
    {
        var configuration = Read(json, arguments, out var faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        return configuration;
    }

    private List<string> Faults(string json, params string[] arguments)
    {
        Read(json, arguments, out var faults);
        return [.. faults.Select(fault => fault.ToString())];
    }

    private EngineConfiguration Read(string json, string[] arguments, out IReadOnlyList<ConfigurationFault> faults)
    {
        var commandLine = new CommandLine(["--config-file", _directory.Write("daemon.json", json), .. arguments]);
        Assert.Empty(commandLine.Errors);
        return EngineConfigurationReader.Read(commandLine, out faults);
    }
}
