using Engine.Linux.Cgroups;
using Engine.Linux.Runtime;

namespace Engine.Linux.Tests.Fixtures;

/// <summary>A runtime with a root of its own, conmon, and containers made of the host's static busybox.</summary>
public sealed class RuntimeFixture : IAsyncDisposable
{
    private static readonly string[] s_commands = ["sh", "true", "echo", "sleep", "cat", "head", "yes", "seq", "kill", "printf", "dd", "tr"];

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _ids = [];
    private readonly string _cgroup = "/engine-tests-" + Guid.NewGuid().ToString("N");

    private RuntimeFixture(OciRuntime runtime, ContainerMonitor monitor)
    {
        Runtime = runtime;
        Monitor = monitor;
    }

    public OciRuntime Runtime { get; private set; }

    public ContainerMonitor Monitor { get; }

    public string ExitDirectory { get; private set; } = "";

    public string RootFileSystem { get; private set; } = "";

    public static async Task<RuntimeFixture> CreateAsync()
    {
        RuntimeFixture fixture = new(null!, await ContainerMonitor.OpenAsync(cancellationToken: TestContext.Current.CancellationToken));
        fixture.Runtime = await OciRuntime.OpenAsync(
            new OciRuntimeOptions { Root = fixture._directory.Sub("runtime") }, TestContext.Current.CancellationToken);
        fixture.ExitDirectory = fixture._directory.Sub("exits");
        fixture.RootFileSystem = fixture._directory.Sub("rootfs");
        string bin = fixture._directory.Sub("rootfs/bin");
        File.Copy(ProgramFinder.Require("busybox", "busybox-static"), Path.Combine(bin, "busybox"));
        foreach (string command in s_commands)
        {
            File.CreateSymbolicLink(Path.Combine(bin, command), "busybox");
        }

        foreach (string place in new[] { "proc", "sys", "dev", "tmp" })
        {
            Directory.CreateDirectory(Path.Combine(fixture.RootFileSystem, place));
        }

        return fixture;
    }

    public string CgroupOf(string id) => $"{_cgroup}/{id}";

    public MonitorOptions Container(string id, params string[] command) => Container(id, new BundleOptions { Command = command });

    public MonitorOptions Container(string id, BundleOptions options)
    {
        string bundle = _directory.Sub("bundles/" + id);
        File.WriteAllText(Path.Combine(bundle, "config.json"), BundleConfiguration.Write(RootFileSystem, CgroupOf(id), options));
        lock (_ids)
        {
            _ids.Add(id);
        }

        return new MonitorOptions
        {
            Paths = new MonitorPaths(id, _directory.Sub("state/" + id), ExitDirectory),
            Bundle = bundle,
            LogPath = Path.Combine(bundle, "container.log"),
            Command = options.Command[0],
            Terminal = options.Terminal,
        };
    }

    /// <summary>Creates, starts, waits for the end and deletes.</summary>
    public async Task<MonitoredExit> RunAsync(MonitorOptions options)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using MonitoredContainer container = await Monitor.CreateAsync(Runtime, options, cancellation);
        await Runtime.StartAsync(options.Paths.Id, options.Command, cancellation);
        MonitoredExit exit = await container.WaitForExitAsync(cancellation);
        await Runtime.DeleteAsync(options.Paths.Id, cancellationToken: cancellation);
        return exit;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string id in _ids)
        {
            await Runtime.DeleteAsync(id, force: true, CancellationToken.None);
        }

        Cgroup all = new(CgroupHierarchy.Detect(), _cgroup);
        await all.KillAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        all.Remove();
        _directory.Dispose();
    }
}
