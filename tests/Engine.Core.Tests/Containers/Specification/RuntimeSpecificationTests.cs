using Engine.Core.Containers.Records;
using Engine.Core.Containers.Specification;
using Engine.Core.Containers.Users;
using Engine.Oci.Runtime;

namespace Engine.Core.Tests.Containers.Specification;

public sealed class RuntimeSpecificationTests
{
    private static readonly ContainerConfiguration s_request = new()
    {
        Image = "busybox",
        Entrypoint = [],
        Command = ["sh"],
        WorkingDirectory = "/",
    };

    [Fact]
    public void The_defaults_are_docker_s()
    {
        var spec = Of(s_request);
        Assert.Equal(["sh"], spec.Process!.Args);
        Assert.Equal(
            ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", $"HOSTNAME={new string('a', 12)}", "HOME=/root"],
            spec.Process.Env!);
        Assert.False(spec.Process.NoNewPrivileges);
        Assert.Null(spec.Process.Capabilities!.Ambient);
        Assert.Null(spec.Process.Capabilities.Inheritable);
        Assert.Equal(["mount", "network", "uts", "pid", "ipc"], spec.Linux!.Namespaces!.Select(n => n.Type));
        Assert.Equal(5, spec.Linux.ReadonlyPaths!.Count);
        Assert.Contains("/proc/kcore", spec.Linux.MaskedPaths!);
        Assert.Equal("0", spec.Linux.Sysctl!["net.ipv4.ip_unprivileged_port_start"]);
        Assert.Null(spec.Linux.Resources!.Memory);
        Assert.Null(spec.Linux.Resources.Cpu);
        Assert.Null(spec.Linux.Resources.Pids);
        var shm = spec.Mounts!.Single(m => m.Destination == "/dev/shm");
        Assert.Equal(["nosuid", "noexec", "nodev", "mode=1777", "size=67108864"], shm.Options!);
        Assert.Contains("ro", spec.Mounts!.Single(m => m.Destination == "/sys").Options!);
        Assert.False(spec.Linux.Resources.Devices![0].Allow);
        Assert.Null(spec.Linux.Resources.Devices[0].Type);
    }

    [Fact]
    public void A_variable_of_the_image_replaces_the_default_one()
    {
        var spec = Of(s_request with { Environment = ["PATH=/opt", "A=1"] });
        Assert.Equal("PATH=/opt", spec.Process!.Env![0]);
        Assert.Equal("A=1", spec.Process.Env[^1]);
    }

    [Fact]
    public void A_memory_limit_allows_as_much_swap_again_unless_told()
    {
        Assert.Equal(200, Memory(new() { Memory = 100 }).Swap);
        Assert.Equal(-1, Memory(new() { Memory = 100, MemorySwap = -1 }).Swap);
        Assert.Equal(100, Memory(new() { Memory = 100, MemorySwap = 100 }).Swap);
        Assert.Null(Of(s_request with { Resources = new() { Memory = 0, MemorySwap = -1 } }).Linux!.Resources!.Memory);
    }

    [Fact]
    public void Processors_become_a_quota_of_the_kernel_s_period()
    {
        var cpu = Of(s_request with { Resources = new() { NanoCpus = 1_500_000_000 } }).Linux!.Resources!.Cpu!;
        Assert.Equal((150_000L, 100_000UL), (cpu.Quota!.Value, cpu.Period!.Value));
    }

    [Fact]
    public void A_privileged_container_has_no_masked_paths_all_devices_and_a_writable_sys()
    {
        var spec = Of(s_request with { Privileged = true });
        Assert.Null(spec.Linux!.MaskedPaths);
        Assert.Null(spec.Linux.ReadonlyPaths);
        Assert.True(Assert.Single(spec.Linux.Resources!.Devices!).Allow);
        Assert.Contains("rw", spec.Mounts!.Single(m => m.Destination == "/sys").Options!);
    }

    [Fact]
    public void What_the_user_mounts_takes_the_place_of_the_default_and_children_come_after_parents()
    {
        var spec = Of(s_request with
        {
            Mounts =
            [
                new() { Type = ContainerMountType.Bind, Source = "/b", Target = "/data/sub/" },
                new() { Type = ContainerMountType.Bind, Source = "/a", Target = "/data", ReadOnly = true },
                new() { Type = ContainerMountType.Tmpfs, Target = "/dev/shm", TmpfsSize = 1024, TmpfsOptions = ["exec"] },
            ],
        });
        var targets = spec.Mounts!.Select(m => m.Destination).ToList();
        Assert.Single(targets, "/dev/shm");
        Assert.True(targets.IndexOf("/data") < targets.IndexOf("/data/sub"));
        Assert.Equal(["rbind", "rprivate", "ro", "rro"], spec.Mounts!.Single(m => m.Destination == "/data").Options!);
        Assert.Equal(
            ["nosuid", "nodev", "exec", "size=1024", "mode=1777"],
            spec.Mounts!.Single(m => m.Destination == "/dev/shm").Options!);
    }

    [Fact]
    public void The_host_s_namespaces_are_left_out_and_a_shared_one_is_entered()
    {
        var spec = Of(
            s_request with { NetworkMode = "host", UtsMode = "host", PidMode = "host", IpcMode = "container:x" },
            shared: new() { ["ipc"] = 42 });
        Assert.Equal(["mount", "ipc"], spec.Linux!.Namespaces!.Select(n => n.Type));
        Assert.Equal("/proc/42/ns/ipc", spec.Linux.Namespaces![1].Path);
        Assert.Null(spec.Hostname);
        Assert.Null(spec.Linux.Sysctl);
    }

    [Fact]
    public void An_init_runs_the_command()
    {
        var spec = Of(s_request, init: "/usr/bin/tini-static");
        Assert.Equal(["/sbin/docker-init", "--", "sh"], spec.Process!.Args);
        Assert.Equal("/usr/bin/tini-static", spec.Mounts!.Single(m => m.Destination == "/sbin/docker-init").Source);
    }

    [Fact]
    public void An_unlimited_ulimit_is_the_kernel_s_infinity()
    {
        var spec = Of(s_request with { Ulimits = [new("core", -1, -1)] });
        var limit = Assert.Single(spec.Process!.Rlimits!);
        Assert.Equal(("RLIMIT_CORE", ulong.MaxValue, ulong.MaxValue), (limit.Type, limit.Soft, limit.Hard));
    }

    [Fact]
    public void A_device_rule_with_a_star_means_all_numbers()
    {
        var rule = Of(s_request with { DeviceCgroupRules = ["c 13:* rw"] }).Linux!.Resources!.Devices![^1];
        Assert.Equal((true, "c", 13L, null, "rw"), (rule.Allow, rule.Type, rule.Major!.Value, rule.Minor, rule.Access));
    }

    private static LinuxMemory Memory(ContainerResources resources) =>
        Of(s_request with { Resources = resources }).Linux!.Resources!.Memory!;

    private static RuntimeSpec Of(
        ContainerConfiguration configuration, Dictionary<string, int>? shared = null, string? init = null) =>
        RuntimeSpecification.Of(new SpecificationInput
        {
            Record = new ContainerRecord
            {
                Id = new string('a', 64),
                Name = "test",
                Image = "busybox",
                ImageId = "sha256:0",
                Layers = [],
                Configuration = configuration,
                CreatedAt = default,
            },
            Host = new HostFacts
            {
                Kernel = new Version(6, 1),
                Architecture = "amd64",
                CgroupV2 = false,
                Processors = 2,
                Capabilities = CapabilityNames.All.ToHashSet(),
                OomScoreAdjust = 0,
            },
            User = new ContainerUser(0, 0, [], "/root"),
            RootFileSystem = "/rootfs",
            NetworkFiles = new Dictionary<string, string>(),
            Devices = [],
            Seccomp = null,
            SeccompProgram = null,
            Capabilities = CapabilityNames.Default,
            SharedNamespaces = shared ?? [],
            SharedMemory = null,
            Init = init,
            Cgroup = "/engine/x",
            ShmSize = 64 << 20,
            NoNewPrivileges = configuration.NoNewPrivileges,
            Ulimits = configuration.Ulimits,
            CgroupNamespaceMode = "host",
        });
}
