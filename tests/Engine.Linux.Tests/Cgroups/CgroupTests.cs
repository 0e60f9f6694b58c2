using Engine.Linux.Cgroups;
using Engine.Linux.Processes;
using Engine.Linux.Runtime;
using Engine.Linux.Tests.Fixtures;

namespace Engine.Linux.Tests.Cgroups;

public sealed class CgroupTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Freezing_stops_every_process_and_thawing_lets_them_go_on()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        string id = "freeze-" + Guid.NewGuid().ToString("N");
        using MonitoredContainer container = await Start(fixture, id, "sh", "-c", "while :; do sleep 1000 & sleep 1000; done");
        Cgroup group = new(CgroupHierarchy.Detect(), fixture.CgroupOf(id));
        Assert.False(Freezer.IsFrozen(group));

        await Freezer.FreezeAsync(group, s_limit, Token);
        Assert.True(Freezer.IsFrozen(group));
        await Freezer.FreezeAsync(group, s_limit, Token);
        Freezer.Thaw(group);
        Assert.False(Freezer.IsFrozen(group));
        Freezer.Thaw(group);

        container.Send(Signal.Kill);
        Assert.Equal(137, (await container.WaitForExitAsync(Token)).Code);
    }

    [Fact]
    public async Task Killing_a_frozen_group_leaves_nobody_and_the_group_can_be_removed()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        string id = "kill-" + Guid.NewGuid().ToString("N");
        using MonitoredContainer container = await Start(fixture, id, "sh", "-c", "for i in 1 2 3 4 5; do sleep 1000 & done; sleep 1000");
        Cgroup group = new(CgroupHierarchy.Detect(), fixture.CgroupOf(id));
        Assert.Contains(container.Pid, group.GetProcesses());
        Assert.ThrowsAny<Exception>(group.Remove);
        await Freezer.FreezeAsync(group, s_limit, Token);

        await group.KillAsync(s_limit, Token);

        Assert.Empty(group.GetProcesses());
        Assert.Equal(137, (await container.WaitForExitAsync(Token)).Code);
        group.Remove();
        Assert.False(group.Exists);
        group.Remove();
        await group.KillAsync(s_limit, Token);
        Assert.Equal(0, group.GetOutOfMemoryKills());
    }

    [Fact]
    public async Task A_container_that_wants_too_much_memory_is_told_by_the_kernel_and_by_conmon()
    {
        await using RuntimeFixture fixture = await RuntimeFixture.CreateAsync();
        string id = "oom-" + Guid.NewGuid().ToString("N");
        MonitorOptions options = fixture.Container(id, new BundleOptions { Command = ["sh", "-c", "x=1; while :; do x=$x$x; done"], MemoryLimit = 16 << 20 });
        using MonitoredContainer container = await fixture.Monitor.CreateAsync(fixture.Runtime, options, Token);
        await fixture.Runtime.StartAsync(id, cancellationToken: Token);

        MonitoredExit exit = await container.WaitForExitAsync(Token);

        Cgroup group = new(CgroupHierarchy.Detect(), fixture.CgroupOf(id));
        Assert.Equal(137, exit.Code);
        Assert.True(group.GetOutOfMemoryKills() > 0, "The control group counted no kill.");
    }

    [Fact]
    public async Task A_group_that_is_gone_cannot_be_frozen_and_says_so()
    {
        Cgroup group = new(CgroupHierarchy.Detect(), "/engine-tests/" + Guid.NewGuid().ToString("N"));

        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => Freezer.FreezeAsync(group, s_limit, Token));

        Assert.Equal(EngineErrorReason.NotSupportedByHost, failure.Reason);
        Assert.Contains(group.Path, failure.Message, StringComparison.Ordinal);
        Assert.False(Freezer.IsFrozen(group));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/../x")]
    [InlineData("a/./b")]
    [InlineData("a\0b")]
    public void A_root_or_a_way_out_is_no_group(string path) =>
        Assert.Throws<ArgumentException>(() => new Cgroup(CgroupHierarchy.Detect(), path));

    private static async Task<MonitoredContainer> Start(RuntimeFixture fixture, string id, params string[] command)
    {
        MonitoredContainer container = await fixture.Monitor.CreateAsync(fixture.Runtime, fixture.Container(id, command), Token);
        await fixture.Runtime.StartAsync(id, cancellationToken: Token);
        return container;
    }
}
