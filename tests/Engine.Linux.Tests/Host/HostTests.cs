using Engine.Linux.Host;

namespace Engine.Linux.Tests.Host;

public sealed class HostTests
{
    [Fact]
    public void This_host_describes_itself()
    {
        HostInformation host = HostInformation.Read();

        Assert.Matches(@"^\d+\.\d+", host.KernelVersion);
        Assert.NotEmpty(host.OperatingSystem);
        Assert.True(host.MemoryBytes > 64 << 20, $"{host.MemoryBytes} bytes of memory");
        Assert.Contains("pid", host.Namespaces);
        Assert.DoesNotContain("pid_for_children", host.Namespaces);
    }

    [Fact]
    public void Os_release_is_read_as_a_shell_would()
    {
        IReadOnlyDictionary<string, string> values = OsRelease.Parse("# no\nNAME=\"A \\\"B\\\" \\$C\"\nID=debian\nEMPTY=\nVERSION_ID='12'\nnonsense\n=x\n");

        Assert.Equal("A \"B\" $C", values["NAME"]);
        Assert.Equal(("debian", "", "12"), (values["ID"], values["EMPTY"], values["VERSION_ID"]));
        Assert.Equal(4, values.Count);
    }

    [Fact]
    public void Capabilities_are_read_by_name()
    {
        ProcessCapabilities capabilities = ProcessCapabilities.Parse("CapPrm:\t0\nCapEff:\t000001fffeffffff\nCapBnd:\t0000000001000001\n");

        Assert.Equal(40, capabilities.Effective.Count);
        Assert.False(capabilities.CanRaiseLimits);
        Assert.Equal(["CAP_CHOWN", "CAP_SYS_RESOURCE"], capabilities.Bounding.Order());
        Assert.NotEmpty(ProcessCapabilities.Read().Effective);
    }

    [Fact]
    public void Limits_are_read_by_the_names_that_oci_uses()
    {
        const string Limits = "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 524288               files     \nMax processes             unlimited            unlimited            processes \n";

        Assert.Equal(new ResourceLimit(1024, 524288), ResourceLimit.Parse(Limits, "RLIMIT_NOFILE"));
        Assert.Equal(new ResourceLimit(null, null), ResourceLimit.Parse(Limits, "nproc"));
        Assert.Null(ResourceLimit.Parse(Limits, "nonsense"));
        Assert.All(ResourceLimit.Names, name => Assert.NotNull(ResourceLimit.Read(name)));
    }

    [Fact]
    public void A_boot_has_a_name_and_a_time()
    {
        Assert.True(Guid.TryParse(BootIdentity.Read(), out _));
        Assert.InRange(BootIdentity.StartedAt(), DateTimeOffset.UnixEpoch.AddYears(40), TimeProvider.System.GetUtcNow());
    }
}
