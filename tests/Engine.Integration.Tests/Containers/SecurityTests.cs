using System.Globalization;
using Engine.Integration.Tests.Harness;

namespace Engine.Integration.Tests.Containers;

/// <summary>Capabilities, seccomp, privileges, devices: what a container may do, read from the kernel.</summary>
public sealed class SecurityTests(EngineFixture fixture) : ContainerTest(fixture)
{
    /// <summary>The 14 of Docker: CHOWN 0, DAC_OVERRIDE 1, FOWNER 3, FSETID 4, KILL 5, SETGID 6, SETUID 7, SETPCAP 8,
    /// NET_BIND_SERVICE 10, NET_RAW 13, SYS_CHROOT 18, MKNOD 27, AUDIT_WRITE 29, SETFCAP 31.</summary>
    private const ulong DefaultSet = 0x00000000a80425fb;

    private const ulong NetAdmin = 1UL << 12, Chown = 1UL << 0, NetRaw = 1UL << 13;

    public static TheoryData<string, string, ulong> Sets => new()
    {
        { "", "", DefaultSet },
        { "NET_ADMIN", "", DefaultSet | NetAdmin },
        { "cap_net_admin", "chown", (DefaultSet | NetAdmin) & ~Chown },
        { "", "ALL", 0 },
        { "NET_RAW", "ALL", NetRaw },
        { "ALL", "", ulong.MaxValue },
        { "ALL", "NET_RAW", ulong.MaxValue & ~NetRaw },
        { "CHOWN", "CHOWN", DefaultSet },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task The_capability_sets_are_those_of_docker(string add, string drop, ulong expected)
    {
        Dictionary<string, string> status = await StatusAsync(Config() with
        {
            CapabilitiesToAdd = add.Split(',', StringSplitOptions.RemoveEmptyEntries),
            CapabilitiesToDrop = drop.Split(',', StringSplitOptions.RemoveEmptyEntries),
        });
        // More than the engine itself has, nobody can give.
        ulong possible = expected & Capabilities(HostStatus(), "CapBnd");
        Assert.Equal(Hex(possible), Hex(Capabilities(status, "CapBnd")));
        Assert.Equal(Hex(possible), Hex(Capabilities(status, "CapEff")));
        Assert.Equal(Hex(possible), Hex(Capabilities(status, "CapPrm")));
        Assert.Equal(Hex(0), Hex(Capabilities(status, "CapInh")));
        Assert.Equal(Hex(0), Hex(Capabilities(status, "CapAmb")));
    }

    [Fact]
    public async Task A_user_other_than_root_has_no_capabilities_in_force()
    {
        Dictionary<string, string> status = await StatusAsync(Config() with { User = "alice" });
        Assert.Equal((Hex(0), Hex(0)), (Hex(Capabilities(status, "CapEff")), Hex(Capabilities(status, "CapPrm"))));
        Assert.Equal(Hex(DefaultSet), Hex(Capabilities(status, "CapBnd")));
    }

    [Fact]
    public async Task Without_a_wish_seccomp_filters_and_privileges_can_be_gained()
    {
        Dictionary<string, string> status = await StatusAsync(Config());
        Assert.Equal(("2", "0"), (status["Seccomp"], status["NoNewPrivs"]));
    }

    [Fact]
    public async Task No_new_privileges_is_a_bit_of_the_process()
    {
        Dictionary<string, string> status = await StatusAsync(Config() with { NoNewPrivileges = true });
        Assert.Equal("1", status["NoNewPrivs"]);
    }

    [Fact]
    public async Task The_default_filter_refuses_what_no_filter_allows()
    {
        // swapon(2) fails for its argument where it gets through to the kernel; all capabilities leave only the filter.
        ContainerConfiguration swap =
            Script("swapon /dev/null 2>&1; grep Seccomp: /proc/self/status") with { CapabilitiesToAdd = ["ALL"] };
        RunResult filtered = await RunAsync(swap), free = await RunAsync(swap with { SeccompProfile = "unconfined" });
        Assert.Contains("Operation not permitted", filtered.Text, StringComparison.Ordinal);
        Assert.EndsWith("Seccomp:\t2", filtered.Text, StringComparison.Ordinal);
        Assert.Contains("Invalid argument", free.Text, StringComparison.Ordinal);
        Assert.EndsWith("Seccomp:\t0", free.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mounting_is_refused()
    {
        RunResult run =
            await RunAsync(Script("mount -t tmpfs none /mnt 2>/dev/null || mount -t tmpfs none /tmp || echo refused"));
        Assert.Equal("refused", run.Text);
    }

    [Fact]
    public async Task A_profile_of_the_caller_s_own_is_in_force()
    {
        const string profile = """
            {"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO","errnoRet":122}]}
            """;
        RunResult run =
            await RunAsync(Script("mkdir /x; unshare -U true && echo allowed") with { SeccompProfile = profile });
        Assert.Contains("uota", run.Error, StringComparison.Ordinal);
        Assert.Equal("allowed", run.Text);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("no-such-word")]
    [InlineData("{\"defaultAction\":\"SCMP_ACT_WHAT\"}")]
    public async Task A_profile_that_is_none_is_refused_before_anything_runs(string profile)
    {
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            async () => await RunAsync(Config("true") with { SeccompProfile = profile }));
        Assert.True(
            error.Reason is EngineErrorReason.InvalidSeccompProfile or EngineErrorReason.ContainerStartFailed,
            $"{error.Reason}: {error.Message}");
    }

    [Fact]
    public async Task A_privileged_container_has_everything_that_the_engine_has()
    {
        RunResult run = await RunAsync(Script(
            "cat /proc/self/status; mount -t tmpfs none /tmp && echo mounted; "
                + "[ -w /proc/sys ] && touch /proc/sys/kernel 2>/dev/null; "
                + "grep -c ' /proc/sys ' /proc/self/mountinfo; head -c 1 /proc/interrupts | wc -c; "
                + "grep ' /sys ' /proc/self/mountinfo; ls /dev | wc -l") with
        { Privileged = true });
        Dictionary<string, string> status = Parse(run.Lines);
        Assert.Equal(Hex(Capabilities(HostStatus(), "CapBnd")), Hex(Capabilities(status, "CapEff")));
        Assert.Equal("0", status["Seccomp"]);
        string[] rest = run.Lines[Array.IndexOf(run.Lines, "mounted")..];
        Assert.Equal(("mounted", "0", "1"), (rest[0], rest[1], rest[2]));
        Assert.Contains(" /sys rw,", rest[3], StringComparison.Ordinal);
        Assert.True(int.Parse(rest[4], CultureInfo.InvariantCulture) > 20, $"/dev has {rest[4]} entries.");
    }

    [Fact]
    public async Task A_device_is_there_when_it_is_given_and_refused_when_it_is_not()
    {
        // /dev/kmsg is c 1:11, which is not among the default ones; reading it takes CAP_SYSLOG on many hosts.
        const string use = "head -c 1 /dev/kmsg >/dev/null && echo read";
        RunResult without =
            await RunAsync(Script("mknod /dev/kmsg c 1 11; " + use) with { CapabilitiesToAdd = ["SYSLOG"] });
        Assert.NotEqual(0, without.ExitCode);
        RunResult with = await RunAsync(
            Script(
                    "stat -c %t:%T /dev/kmsg; " + use) with
            {
                Devices = [new() { Source = "/dev/kmsg" }],
                CapabilitiesToAdd = ["SYSLOG"]
            });
        Assert.Equal("1:b\nread", with.Text);
    }

    [Fact]
    public async Task A_device_has_its_own_place_and_permissions()
    {
        RunResult run = await RunAsync(
            Script("echo x >/dev/mine || echo no write; head -c 1 /dev/mine >/dev/null && echo read") with
            {
                Devices = [new() { Source = "/dev/kmsg", Target = "/dev/mine", Permissions = "r" }],
                CapabilitiesToAdd = ["SYSLOG"],
            });
        Assert.Equal("no write\nread", run.Text);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_refused()
    {
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            async () => await RunAsync(Config("true") with { Devices = [new() { Source = "/dev/no-such-device" }] }));
        Assert.Contains("/dev/no-such-device", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_of_the_device_cgroup_allows_what_it_says()
    {
        RunResult run = await RunAsync(
            Script("mknod /k c 1 11 && head -c 1 /k >/dev/null && echo read; echo x >/k || echo no write") with
            {
                DeviceCgroupRules = ["c 1:11 rm"],
                CapabilitiesToAdd = ["SYSLOG"],
            });
        Assert.Equal("read\nno write", run.Text);
    }

    private async Task<Dictionary<string, string>> StatusAsync(ContainerConfiguration configuration) =>
        Parse((await RunAsync(configuration with { Command = ["cat", "/proc/self/status"] })).Lines);

    private static Dictionary<string, string> HostStatus() => Parse(File.ReadAllLines("/proc/self/status"));

    private static Dictionary<string, string> Parse(string[] status) =>
        status.TakeWhile(l => l.Contains(':', StringComparison.Ordinal)).Select(l => l.Split(':', 2))
            .ToDictionary(p => p[0], p => p[1].Trim());

    private static ulong Capabilities(Dictionary<string, string> status, string set) =>
        ulong.Parse(status[set], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Hex(ulong set) => set.ToString("x16", CultureInfo.InvariantCulture);
}
