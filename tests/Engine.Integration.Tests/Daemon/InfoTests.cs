using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Daemon;

public sealed class InfoTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task The_engine_says_what_it_is_and_runs_on()
    {
        EngineInfo info = await Engine.Client.System.GetInfoAsync(Cancel);
        Assert.NotEqual("", info.Id);
        Assert.Equal("engine.v1", info.ApiVersion);
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", info.Version);
        Assert.Equal((await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", Cancel)).Trim(), info.KernelVersion);
        Assert.Equal((await File.ReadAllTextAsync("/proc/sys/kernel/hostname", Cancel)).Trim(), info.Name);
        Assert.Equal(Environment.ProcessorCount, info.Cpus);
        Assert.True(info.Memory > 64 << 20);
        Assert.StartsWith(Cgroup.IsUnified ? "2" : "1", info.CgroupVersion, StringComparison.Ordinal);
        Assert.Contains(info.CgroupDriver, (string[])["cgroupfs", "systemd"]);
        Assert.Equal("overlay", info.StorageDriver);
        Assert.Equal((Engine.DataRoot, Engine.ExecRoot), (info.DataRoot, info.ExecRoot));
        Assert.Contains(info.DefaultRuntime, info.Runtimes.Select(r => r.Name));
        Assert.All(info.Runtimes, r => Assert.True(File.Exists(r.Path), r.Path));
        Assert.NotEqual("", info.MonitorVersion);
        Assert.Contains(info.SecurityOptions, o => o.Contains("seccomp", StringComparison.Ordinal));
        Assert.InRange(info.StartedAt, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow());
        Assert.True(info.Images >= 1);
    }
}
