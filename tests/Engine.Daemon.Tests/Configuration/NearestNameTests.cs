using Engine.Daemon.Configuration;

namespace Engine.Daemon.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("host", "hosts")]
    [InlineData("dataroot", "data-root")]
    [InlineData("Log-Level", "log-level")]
    [InlineData("no-new-privilege", "no-new-privileges")]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    public void A_slip_is_recognized_and_a_stranger_is_not(string written, string? meant) =>
        Assert.Equal(meant, NearestName.Find(written, Setting.All.Select(setting => setting.Key)));

    [Fact]
    public void An_enormous_name_costs_nothing() =>
        Assert.Null(NearestName.Find(new string('x', 1_000_000), Setting.All.Select(setting => setting.Key)));
}
