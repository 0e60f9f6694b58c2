using Engine.Core.Containers;

namespace Engine.Core.Tests.Containers;

public sealed class StatusTextTests
{
    [Theory]
    [InlineData(0, "Less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "About a minute")]
    [InlineData(120, "2 minutes")]
    [InlineData(3_599, "59 minutes")]
    [InlineData(3_600, "About an hour")]
    [InlineData(7_200, "2 hours")]
    [InlineData(172_800, "2 days")]
    [InlineData(1_209_600, "2 weeks")]
    [InlineData(5_184_000, "2 months")]
    [InlineData(63_072_000, "2 years")]
    [InlineData(-5, "Less than a second")]
    public void Ages_are_told_in_docker_s_words(long seconds, string text) =>
        Assert.Equal(text, StatusText.Age(TimeSpan.FromSeconds(seconds)));
}
