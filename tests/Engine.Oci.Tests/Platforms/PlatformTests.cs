using CsCheck;
using Engine.Oci.Platforms;

namespace Engine.Oci.Tests.Platforms;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("linux/x86_64", "linux/amd64")]
    [InlineData("linux/x86-64", "linux/amd64")]
    [InlineData("linux/amd64/v1", "linux/amd64")]
    [InlineData("linux/amd64/v3", "linux/amd64/v3")]
    [InlineData("linux/i386", "linux/386")]
    [InlineData("Linux/AArch64", "linux/arm64")]
    [InlineData("linux/arm64/v8", "linux/arm64")]
    [InlineData("linux/arm64/8", "linux/arm64")]
    [InlineData("linux/arm64/v9", "linux/arm64/v9")]
    [InlineData("linux/arm", "linux/arm/v7")]
    [InlineData("linux/armhf", "linux/arm/v7")]
    [InlineData("linux/armel", "linux/arm/v6")]
    [InlineData("linux/arm/6", "linux/arm/v6")]
    [InlineData("macos/arm64", "darwin/arm64")]
    [InlineData("windows(10.0.17763)/amd64", "windows(10.0.17763)/amd64")]
    public void A_platform_is_brought_to_its_usual_spelling(string text, string normal) =>
        Assert.Equal(normal, Platform.Parse(text).ToString());

    [Fact]
    public void One_word_is_a_system_or_a_processor_and_the_rest_is_the_hosts()
    {
        Assert.Equal(Platform.Host with { Os = "freebsd" }, Platform.Parse("freebsd"));
        Assert.Equal(Platform.Host.Os + "/s390x", Platform.Parse("s390x").ToString());
        Assert.Equal(Platform.Host.Os + "/arm/v7", Platform.Parse("armhf").ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("linux/")]
    [InlineData("/amd64")]
    [InlineData("linux//v7")]
    [InlineData("linux/arm/v7/x")]
    [InlineData("linux/am d64")]
    [InlineData("linux/amd64\n")]
    [InlineData("li*nux/amd64")]
    [InlineData("windows()/amd64")]
    public void What_is_no_platform_is_refused(string text) =>
        Assert.Equal(EngineErrorReason.InvalidPlatform, Assert.Throws<EngineException>(() => Platform.Parse(text)).Reason);

    [Fact]
    public void Parsing_what_was_printed_gives_it_back() =>
        Gen.Select(
            Gen.OneOf("linux", "windows", "darwin", "plan9"),
            Gen.OneOf("amd64", "arm64", "arm", "386", "riscv64", "x86_64", "aarch64", "armhf"),
            Gen.OneOf("", "v1", "v2", "v3", "v5", "v7", "v8", "v9", "v8.2", "v9.1", "8", "7"))
        .Sample((os, architecture, variant) =>
        {
            Platform platform = new Platform { Os = os, Architecture = architecture, Variant = variant }.Normalized;
            return Platform.Parse(platform.ToString()) == platform && platform.Normalized == platform;
        });
}
