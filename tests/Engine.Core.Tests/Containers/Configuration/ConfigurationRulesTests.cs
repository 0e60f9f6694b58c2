using Engine.Core.Containers.Configuration;

namespace Engine.Core.Tests.Containers.Configuration;

public sealed class ConfigurationRulesTests
{
    private static readonly ContainerConfiguration s_valid = new() { Image = "busybox" };

    public static TheoryData<string, ContainerConfiguration> Faults => new()
    {
        { "Image", s_valid with { Image = " " } },
        { "Command", s_valid with { Command = ["a\0b"] } },
        { "Command", s_valid with { Command = [new string('x', 131_072)] } },
        { "Environment", s_valid with { Environment = ["=x"] } },
        { "Environment", s_valid with { Environment = [""] } },
        { "Labels", s_valid with { Labels = new Dictionary<string, string> { [""] = "x" } } },
        { "WorkingDirectory", s_valid with { WorkingDirectory = "relative" } },
        { "Hostname", s_valid with { Hostname = new string('h', 65) } },
        { "Hostname", s_valid with { Hostname = "a\nb" } },
        { "Hostname", s_valid with { Hostname = "name", UtsMode = "host" } },
        { "User", s_valid with { User = "a\nb" } },
        { "Mounts", s_valid with { Mounts = [Bind("/a", "/")] } },
        { "Mounts", s_valid with { Mounts = [Bind("/a", "/x/..")] } },
        { "Mounts", s_valid with { Mounts = [Bind("/a", "relative")] } },
        { "Mounts", s_valid with { Mounts = [Bind("relative", "/x")] } },
        { "Mounts", s_valid with { Mounts = [Bind("/a", "/x"), Bind("/b", "/y/../x/")] } },
        { "Mounts", s_valid with { Mounts = [Tmpfs("/x") with { TmpfsSize = 0 }] } },
        { "Mounts", s_valid with { Mounts = [Tmpfs("/x") with { TmpfsMode = 0x1000 }] } },
        { "Mounts", s_valid with { Mounts = [Tmpfs("/x") with { TmpfsOptions = ["bind"] }] } },
        { "Mounts", s_valid with { Mounts = [Tmpfs("/x") with { TmpfsOptions = ["size=1,exec"] }] } },
        { "Devices", s_valid with { Devices = [new() { Source = "null" }] } },
        { "Devices", s_valid with { Devices = [new() { Source = "/dev/null", Permissions = "rx" }] } },
        { "Devices", s_valid with { Devices = [new() { Source = "/dev/null", Permissions = "rr" }] } },
        { "DeviceCgroupRules", s_valid with { DeviceCgroupRules = ["c 1:x rwm"] } },
        { "CapabilitiesToAdd", s_valid with { CapabilitiesToAdd = ["FLY"] } },
        { "CapabilitiesToDrop", s_valid with { CapabilitiesToDrop = [""] } },
        { "Ulimits", s_valid with { Ulimits = [new("nofile", 2, 1)] } },
        { "Ulimits", s_valid with { Ulimits = [new("nofile", -1, 1)] } },
        { "Ulimits", s_valid with { Ulimits = [new("files", 1, 1)] } },
        { "Ulimits", s_valid with { Ulimits = [new("nofile", 1, 1), new("nofile", 1, 1)] } },
        { "PidMode", s_valid with { PidMode = "container:" } },
        { "IpcMode", s_valid with { IpcMode = "shared" } },
        { "UtsMode", s_valid with { UtsMode = "container:x" } },
        { "NetworkMode", s_valid with { NetworkMode = "moon" } },
        { "Init", s_valid with { Init = true, PidMode = "host" } },
        { "Sysctls", s_valid with { Sysctls = new Dictionary<string, string> { ["vm.swappiness"] = "1" } } },
        { "Sysctls", s_valid with { NetworkMode = "host", Sysctls = new Dictionary<string, string> { ["net.ipv4.ip_forward"] = "1" } } },
        { "Sysctls", s_valid with { IpcMode = "host", Sysctls = new Dictionary<string, string> { ["kernel.msgmax"] = "1" } } },
        { "Memory", s_valid with { Resources = new() { Memory = (6 << 20) - 1 } } },
        { "MemoryReservation", s_valid with { Resources = new() { Memory = 10 << 20, MemoryReservation = 11 << 20 } } },
        { "MemorySwap", s_valid with { Resources = new() { MemorySwap = 10 << 20 } } },
        { "MemorySwap", s_valid with { Resources = new() { Memory = 20 << 20, MemorySwap = 10 << 20 } } },
        { "MemorySwap", s_valid with { Resources = new() { MemorySwap = -2 } } },
        { "NanoCpus", s_valid with { Resources = new() { NanoCpus = 9_999_999 } } },
        { "NanoCpus", s_valid with { Resources = new() { NanoCpus = 2_000_000_001 } } },
        { "NanoCpus", s_valid with { Resources = new() { NanoCpus = 1_000_000_000, CpuQuota = 50_000 } } },
        { "CpuPeriod", s_valid with { Resources = new() { CpuPeriod = 999 } } },
        { "CpuPeriod", s_valid with { Resources = new() { CpuPeriod = 1_000_001 } } },
        { "CpuQuota", s_valid with { Resources = new() { CpuQuota = 999 } } },
        { "CpuShares", s_valid with { Resources = new() { CpuShares = 1 } } },
        { "CpuSet", s_valid with { Resources = new() { CpuSet = "0-2" } } },
        { "CpuSet", s_valid with { Resources = new() { CpuSet = "1-0" } } },
        { "CpuSet", s_valid with { Resources = new() { CpuSet = "all" } } },
        { "PidsLimit", s_valid with { Resources = new() { PidsLimit = -2 } } },
        { "ShmSize", s_valid with { ShmSize = 0 } },
        { "OomScoreAdjust", s_valid with { OomScoreAdjust = 1001 } },
        { "CgroupParent", s_valid with { CgroupParent = "/a/../b" } },
    };

    public static TheoryData<ContainerConfiguration> Valid =>
    [
        s_valid,
        s_valid with { Resources = new() { Memory = 6 << 20, MemorySwap = -1, NanoCpus = 10_000_000, CpuSet = "0-1", PidsLimit = -1 } },
        s_valid with { Resources = new() { CpuPeriod = 1_000, CpuQuota = 1_000, CpuShares = 2 } },
        s_valid with { Mounts = [Bind("/a", "/x"), Tmpfs("/run") with { TmpfsMode = 0xFFF, TmpfsOptions = ["exec", "uid=1000"] }] },
        s_valid with { CapabilitiesToAdd = ["net_admin", "CAP_SYS_TIME"], CapabilitiesToDrop = ["all"] },
        s_valid with { Ulimits = [new("nofile", 1024, -1), new("core", -1, -1)], DeviceCgroupRules = ["c 13:* rwm", "a *:* r"] },
        s_valid with { PidMode = "container:x", IpcMode = "shareable", UtsMode = "host", NetworkMode = "host", OomScoreAdjust = -1000 },
        s_valid with { Sysctls = new Dictionary<string, string> { ["net.core.somaxconn"] = "1", ["fs.mqueue.msg_max"] = "1" } },
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_names_its_setting(string setting, ContainerConfiguration configuration)
    {
        var error = Assert.Throws<EngineException>(() => ConfigurationRules.Check(configuration, processors: 2));
        Assert.Equal(EngineErrorReason.InvalidContainerConfiguration, error.Reason);
        Assert.Equal(setting, error.Target);
        Assert.StartsWith(setting + ":", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_docker_accepts_is_accepted(ContainerConfiguration configuration) =>
        ConfigurationRules.Check(configuration, processors: 2);

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var error = Assert.Throws<EngineException>(() => ConfigurationRules.Check(
            s_valid with { WorkingDirectory = "x", OomScoreAdjust = 5000, NetworkMode = "moon" }, processors: 2));
        Assert.Equal(3, error.Message.Split(Environment.NewLine).Length);
    }

    private static ContainerMount Bind(string source, string target) =>
        new() { Type = ContainerMountType.Bind, Source = source, Target = target };

    private static ContainerMount Tmpfs(string target) => new() { Type = ContainerMountType.Tmpfs, Target = target };
}
