using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

/// <summary>Limits, read back from the kernel.</summary>
public sealed class ResourceTests(EngineFixture fixture) : ContainerTest(fixture)
{
    [Fact]
    public async Task Memory_processor_and_process_limits_are_in_the_cgroup()
    {
        Container container = await StartAsync(Sleeper() with
        {
            Resources = new ContainerResources
            {
                Memory = 64 << 20,
                MemoryReservation = 32 << 20,
                NanoCpus = 500_000_000,
                CpuShares = 512,
                CpuSet = "0",
                PidsLimit = 33,
            },
        });
        int pid = container.Pid!.Value;
        Assert.Equal("67108864", Cgroup.Read(pid, "memory", "memory.limit_in_bytes", "memory.max"));
        Assert.Equal("33554432", Cgroup.Read(pid, "memory", "memory.soft_limit_in_bytes", "memory.low"));
        Assert.Equal("0", Cgroup.Read(pid, "cpuset", "cpuset.cpus", "cpuset.cpus"));
        Assert.Equal("33", Cgroup.Read(pid, "pids", "pids.max", "pids.max"));
        if (Cgroup.IsUnified)
        {
            Assert.Equal("50000 100000", Cgroup.Read(pid, "cpu", "", "cpu.max"));
            Assert.Equal("20", Cgroup.Read(pid, "cpu", "", "cpu.weight"));
        }
        else
        {
            Assert.Equal("100000", Cgroup.Read(pid, "cpu", "cpu.cfs_period_us", ""));
            Assert.Equal("50000", Cgroup.Read(pid, "cpu", "cpu.cfs_quota_us", ""));
            Assert.Equal("512", Cgroup.Read(pid, "cpu", "cpu.shares", ""));
            // Memory and swap together are twice the memory, where the kernel counts swap.
            Assert.True(Cgroup.Read(pid, "memory", "memory.memsw.limit_in_bytes", "") is null or "134217728");
        }
    }

    [Fact]
    public async Task The_same_cgroup_is_seen_from_inside()
    {
        string file = Cgroup.IsUnified ? "/sys/fs/cgroup/pids.max" : "/sys/fs/cgroup/pids/pids.max";
        RunResult run =
            await RunAsync(Config("cat", file) with { Resources = new ContainerResources { PidsLimit = 44 } });
        Assert.Equal("44", run.Text);
    }

    [Fact]
    public async Task The_cgroup_lies_below_the_engine_s_and_is_named_after_the_container()
    {
        Container container = await StartAsync(Sleeper());
        Assert.EndsWith(
            $"{Engine.CgroupParent}/{container.Id}", Cgroup.Directory(container.Pid!.Value, "pids"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_cgroup_parent_can_be_given()
    {
        string parent = Engine.CgroupParent + "/custom-" + NewName();
        Container container = await StartAsync(Sleeper() with { CgroupParent = parent });
        Assert.Contains(
            $"{parent}/{container.Id}", Cgroup.Directory(container.Pid!.Value, "pids"), StringComparison.Ordinal);
        // The parent is the caller's: the engine leaves it.
        await Containers.RemoveAsync(container.Id, force: true, Cancel);
        foreach (string directory in Cgroup.Hierarchies.Select(h => h + parent).Where(Directory.Exists))
        {
            Directory.Delete(directory);
        }
    }

    [Fact]
    public async Task More_processes_than_allowed_cannot_be_made()
    {
        RunResult run = await RunAsync(
            Script("for i in 1 2 3 4 5 6 7 8 9 10; do sleep 1 & done; echo all") with
            {
                Resources =
                        new ContainerResources { PidsLimit = 5 }
            });
        Assert.DoesNotContain("all", run.Lines);
        Assert.NotEqual(0, run.ExitCode);
    }

    [Fact]
    public async Task Without_limits_there_are_none()
    {
        Container container = await StartAsync(Sleeper());
        Assert.Equal("max", Cgroup.Read(container.Pid!.Value, "pids", "pids.max", "pids.max"));
        if (!Cgroup.IsUnified)
        {
            Assert.Equal("-1", Cgroup.Read(container.Pid.Value, "cpu", "cpu.cfs_quota_us", ""));
            Assert.Equal("1024", Cgroup.Read(container.Pid.Value, "cpu", "cpu.shares", ""));
        }
    }

    [Fact]
    public async Task A_container_that_takes_more_memory_than_it_may_is_killed_and_that_is_said()
    {
        RunResult run = await RunAsync(Script("exec tail /dev/zero") with
        {
            Resources = new ContainerResources { Memory = 16 << 20, MemorySwap = 16 << 20 },
        });
        Assert.Equal(137, run.ExitCode);
        Assert.True(run.Container.OomKilled);
    }

    [Fact]
    public async Task A_child_that_is_killed_for_memory_is_said_though_the_container_goes_on()
    {
        RunResult run = await RunAsync(Script("tail /dev/zero; echo $?; exit 0") with
        {
            Resources = new ContainerResources { Memory = 16 << 20, MemorySwap = 16 << 20 },
        });
        Assert.Equal("137", run.Text);
        Assert.True(run.Container.OomKilled);
        RunResult again = await RunAsync(Config("true"));
        Assert.False(again.Container.OomKilled);
    }

    [Fact]
    public async Task The_score_for_the_oom_killer_is_set()
    {
        RunResult run = await RunAsync(Config("cat", "/proc/self/oom_score_adj") with { OomScoreAdjust = 321 });
        Assert.Equal("321", run.Text);
    }

    [Fact]
    public async Task A_limit_below_the_host_s_own_is_in_force()
    {
        RunResult run = await RunAsync(
            Script("ulimit -Sn; ulimit -Hn; ulimit -c") with
            {
                Ulimits =
                        [new("nofile", 100, 200), new("core", 0, 0)]
            });
        Assert.Equal("100\n200\n0", run.Text);
    }

    [Fact]
    public async Task A_limit_that_the_engine_may_not_give_is_a_warning_or_an_error_and_not_a_hang()
    {
        ContainerConfiguration configuration =
            Script("ulimit -Hn") with { Ulimits = [new("nofile", 1 << 29, 1 << 29)] };
        try
        {
            var (container, warnings) = await Containers.CreateAsync(configuration, NewName(), Cancel);
            Track(container);
            RunResult run = await RunAsync(container);
            Assert.True(run.ExitCode == 0 && (warnings.Count > 0 || run.Text == $"{1 << 29}"), run.Output);
        }
        catch (EngineException error)
        {
            Assert.Contains("nofile", error.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Kernel_parameters_of_the_container_s_own_namespaces_are_set()
    {
        RunResult run = await RunAsync(
            Script("cat /proc/sys/kernel/msgmax /proc/sys/net/ipv4/ip_forward /proc/sys/net/core/somaxconn") with
            {
                Sysctls = new Dictionary<string, string>
                {
                    ["kernel.msgmax"] = "12345",
                    ["net.ipv4.ip_forward"] = "1",
                    ["net.core.somaxconn"] = "777",
                },
            });
        Assert.Equal("12345\n1\n777", run.Text);
    }

    [Fact]
    public async Task Docker_s_default_kernel_parameters_are_set()
    {
        RunResult run = await RunAsync(
            Script("cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/ping_group_range"));
        Assert.Equal("0\n0\t2147483647", run.Text);
    }
}
