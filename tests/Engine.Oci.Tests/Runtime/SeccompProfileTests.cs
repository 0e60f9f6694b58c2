using System.Text;
using Engine.Oci.Runtime;

namespace Engine.Oci.Tests.Runtime;

public sealed class SeccompProfileTests
{
    private const string Debian = "/usr/share/containers/seccomp.json";

    private const string Conditional = """
        {"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":1,"defaultErrno":"ENOSYS",
         "archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":["SCMP_ARCH_X86","SCMP_ARCH_X32"]},
                    {"architecture":"SCMP_ARCH_AARCH64","subArchitectures":["SCMP_ARCH_ARM"]}],
         "syscalls":[
          {"names":["read"],"action":"SCMP_ACT_ALLOW","args":[],"includes":{},"excludes":{}},
          {"name":"old","action":"SCMP_ACT_ALLOW"},
          {"names":["mount"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}},
          {"names":["mount"],"action":"SCMP_ACT_ERRNO","errnoRet":9,"errno":"EPERM","excludes":{"caps":["CAP_SYS_ADMIN","CAP_X"]}},
          {"names":["both"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN","CAP_X"]}},
          {"names":["arm_only"],"action":"SCMP_ACT_ALLOW","includes":{"arches":["arm","arm64"]}},
          {"names":["not_arm"],"action":"SCMP_ACT_ALLOW","excludes":{"arches":["arm64"]}},
          {"names":["ptrace"],"action":"SCMP_ACT_ALLOW","includes":{"minKernel":"4.8"}},
          {"names":["before"],"action":"SCMP_ACT_ALLOW","excludes":{"minKernel":"5.10"}},
          {"names":["clone"],"action":"SCMP_ACT_ALLOW","args":[{"index":0,"value":2114060288,"valueTwo":0,"op":"SCMP_CMP_MASKED_EQ"}]}]}
        """;

    [Fact]
    public void Conditions_on_capabilities_architectures_and_kernels_choose_the_rules()
    {
        Assert.Equal("read old mount:1 not_arm ptrace before clone", Names([], "amd64", "5.9"));
        Assert.Equal("read old mount not_arm ptrace clone", Names(["CAP_SYS_ADMIN"], "amd64", "5.10"));
        Assert.Equal("read old mount both not_arm before clone", Names(["CAP_SYS_ADMIN", "CAP_X"], "amd64", "4.7"));
        Assert.Equal("read old mount:1 arm_only ptrace before clone", Names([], "arm64", "4.19"));
        Assert.Equal("read old mount:1 not_arm ptrace clone", Names([], "s390x", "10.0"));
    }

    [Fact]
    public void The_machines_architecture_brings_its_companions()
    {
        SeccompProfile profile = Parse(Conditional);
        LinuxSeccomp filter = profile.Resolve([], "amd64", new Version(6, 1));
        Assert.Equal(["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"], filter.Architectures!);
        Assert.Equal(38u, filter.DefaultErrnoRet);
        Assert.Null(profile.Resolve([], "s390x", new Version(6, 1)).Architectures);
        Assert.Equal(2114060288u, Assert.Single(filter.Syscalls!.Single(rule => rule.Names[0] == "clone").Args!).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"defaultAction":""}""")]
    [InlineData("""{"defaultAction":"A","architectures":["x"],"archMap":[{"architecture":"y"}]}""")]
    [InlineData("""{"defaultAction":"A","archMap":[null]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[null]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"action":"B"}]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"action":"B","names":[null]}]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"names":["x"]}]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"action":"B","name":"x","names":["x"]}]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"action":"B","name":"x","errno":"EWHAT"}]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"action":"B","name":"x","includes":{"minKernel":"new"}}]}""")]
    [InlineData("""{"defaultAction":"A","syscalls":[{"action":"B","name":"x","args":[{"index":6,"value":0,"op":"C"}]}]}""")]
    public void A_profile_that_is_not_sound_is_refused(string json) =>
        Assert.Equal(EngineErrorReason.InvalidSeccompProfile, Assert.Throws<EngineException>(() => Parse(json)).Reason);

    [Fact]
    public void The_profile_of_the_distribution_resolves()
    {
        Assert.SkipUnless(File.Exists(Debian), "golang-github-containers-common is not installed.");
        SeccompProfile profile = SeccompProfile.Parse(File.ReadAllBytes(Debian));
        LinuxSeccomp plain = profile.Resolve(["CAP_CHOWN", "CAP_AUDIT_WRITE"], "amd64", new Version(6, 1));
        LinuxSeccomp admin = profile.Resolve(["CAP_SYS_ADMIN"], "amd64", new Version(6, 1));
        Assert.Equal("SCMP_ACT_ERRNO", plain.DefaultAction);
        Assert.Equal("SCMP_ACT_ALLOW", ActionOf(plain, "read"));
        Assert.Equal("SCMP_ACT_ERRNO", ActionOf(plain, "bpf"));
        Assert.Equal("SCMP_ACT_ALLOW", ActionOf(admin, "bpf"));
        Assert.Equal("SCMP_ACT_ALLOW", ActionOf(plain, "arch_prctl"));
        Assert.Null(ActionOf(plain, "s390_pci_mmio_read"));
    }

    private static string? ActionOf(LinuxSeccomp filter, string call) =>
        filter.Syscalls!.FirstOrDefault(rule => rule.Names.Contains(call))?.Action;

    private static string Names(string[] capabilities, string architecture, string kernel) => string.Join(
        ' ',
        Parse(Conditional).Resolve(capabilities, architecture, Version.Parse(kernel)).Syscalls!
            .Select(rule => string.Join(',', rule.Names) + (rule.ErrnoRet is { } errno ? ":" + errno : "")));

    private static SeccompProfile Parse(string json) => SeccompProfile.Parse(Encoding.UTF8.GetBytes(json));
}
