using CsCheck;
using Engine.Oci.Platforms;

namespace Engine.Oci.Tests.Platforms;

public sealed class PlatformRankingTests
{
    [Theory]
    [InlineData("linux/amd64/v3", "linux/amd64/v3", 0)]
    [InlineData("linux/amd64/v3", "linux/amd64/v2", 1)]
    [InlineData("linux/amd64/v3", "linux/amd64", 2)]
    [InlineData("linux/amd64/v3", "linux/386", 3)]
    [InlineData("linux/amd64", "linux/386", 1)]
    [InlineData("linux/arm64", "linux/arm64", 0)]
    [InlineData("linux/arm64/v8.2", "linux/arm64/v8.1", 1)]
    [InlineData("linux/arm64/v8.2", "linux/arm64", 2)]
    [InlineData("linux/arm64/v9.1", "linux/arm64/v9", 1)]
    [InlineData("linux/arm64/v9.1", "linux/arm64/v8.6", 2)]
    [InlineData("linux/arm64/v9.1", "linux/arm64", 8)]
    [InlineData("linux/arm64", "linux/arm/v8", 1)]
    [InlineData("linux/arm64", "linux/arm/v5", 4)]
    [InlineData("linux/arm/v7", "linux/arm/v6", 1)]
    public void Older_generations_rank_behind_newer_ones(string wanted, string candidate, int rank) =>
        Assert.Equal(rank, PlatformRanking.Rank(Platform.Parse(wanted), Platform.Parse(candidate)));

    [Theory]
    [InlineData("linux/amd64", "linux/amd64/v2")]
    [InlineData("linux/arm/v6", "linux/arm/v7")]
    [InlineData("linux/amd64", "windows/amd64")]
    [InlineData("linux/386", "linux/amd64")]
    [InlineData("linux/riscv64", "linux/amd64")]
    public void What_the_machine_cannot_run_has_no_rank(string wanted, string candidate) =>
        Assert.Null(PlatformRanking.Rank(Platform.Parse(wanted), Platform.Parse(candidate)));

    [Fact]
    public void Strictly_only_the_same_platform_will_do()
    {
        Assert.Null(PlatformRanking.Rank(Platform.Parse("linux/arm/v7"), Platform.Parse("linux/arm/v6"), strict: true));
        Assert.Equal(0, PlatformRanking.Rank(Platform.Parse("linux/arm64"), Platform.Parse("linux/arm64/v8"), strict: true));
    }

    [Fact]
    public void The_best_is_chosen_and_the_first_of_equals()
    {
        (string Name, string Platform)[] images =
            [("old", "linux/amd64"), ("new", "linux/amd64/v2"), ("same", "linux/amd64/v2"), ("other", "linux/arm64")];
        Assert.True(PlatformRanking.TryChoose(Platform.Parse("linux/amd64/v3"), images, image => Platform.Parse(image.Platform), out var best));
        Assert.Equal("new", best.Name);
        Assert.False(PlatformRanking.TryChoose(Platform.Parse("linux/s390x"), images, image => Platform.Parse(image.Platform), out _));
    }

    [Fact]
    public void No_variant_however_strange_takes_long_or_fails() =>
        Gen.Select(Gen.OneOf("amd64", "arm64", "arm"), Gen.String).Sample((architecture, variant) =>
        {
            var wanted = new Platform { Os = "linux", Architecture = architecture, Variant = variant };
            return PlatformRanking.Rank(wanted, wanted) == 0;
        });
}
