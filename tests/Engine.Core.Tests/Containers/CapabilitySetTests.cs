using Engine.Core.Containers.Specification;

namespace Engine.Core.Tests.Containers;

public sealed class CapabilitySetTests
{
    private static readonly IReadOnlySet<string> s_all = CapabilityNames.All.ToHashSet();

    [Fact]
    public void There_are_fourteen_by_default() =>
        Assert.Equal(CapabilityNames.Default.Order(), CapabilitySet.Of(Request(), s_all).Order());

    [Fact]
    public void Names_are_read_in_any_case_with_or_without_their_prefix()
    {
        var set = CapabilitySet.Of(Request(add: ["net_admin", "CAP_SYS_TIME"], drop: ["cap_chown"]), s_all);
        Assert.Contains("CAP_NET_ADMIN", set);
        Assert.Contains("CAP_SYS_TIME", set);
        Assert.DoesNotContain("CAP_CHOWN", set);
    }

    [Fact]
    public void Adding_all_leaves_out_only_what_is_dropped() => Assert.Equal(
        CapabilityNames.All.Where(name => name != "CAP_SYS_ADMIN"),
        CapabilitySet.Of(Request(add: ["ALL"], drop: ["SYS_ADMIN"]), s_all));

    [Fact]
    public void Dropping_all_leaves_only_what_is_added() =>
        Assert.Equal(["CAP_KILL"], CapabilitySet.Of(Request(add: ["KILL"], drop: ["all"]), s_all));

    [Fact]
    public void A_privileged_container_gets_no_more_than_the_engine_has() => Assert.Equal(
        ["CAP_CHOWN"], CapabilitySet.Of(Request() with { Privileged = true }, new HashSet<string> { "CAP_CHOWN" }));

    private static ContainerConfiguration Request(string[]? add = null, string[]? drop = null) =>
        new() { Image = "x", CapabilitiesToAdd = add ?? [], CapabilitiesToDrop = drop ?? [] };
}
