using Engine.Core.Containers.Names;

namespace Engine.Core.Tests.Containers.Names;

public sealed class ContainerNameTests
{
    [Theory]
    [InlineData("ab")]
    [InlineData("A0_.-")]
    [InlineData("0x")]
    public void A_good_name_is_taken_as_it_is(string name) => Assert.Equal(name, ContainerName.Parse(name));

    [Fact]
    public void Docker_s_leading_slash_is_dropped() => Assert.Equal("web", ContainerName.Parse("/web"));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("//ab")]
    [InlineData("-ab")]
    [InlineData(".ab")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("ab\n")]
    [InlineData("äb")]
    [InlineData("../../etc")]
    public void A_bad_name_is_refused(string name)
    {
        var error = Assert.Throws<EngineException>(() => ContainerName.Parse(name));
        Assert.Equal(EngineErrorReason.InvalidContainerName, error.Reason);
    }

    [Fact]
    public void An_enormous_name_is_refused_with_a_short_message() =>
        Assert.True(Assert.Throws<EngineException>(() => ContainerName.Parse(new string('a', 1 << 20))).Message.Length < 400);

    [Fact]
    public void Every_generated_name_is_a_good_one_and_the_last_is_the_short_id()
    {
        var id = new string('c', 64);
        var names = NameGenerator.Candidates(id).ToList();
        Assert.All(names, name => ContainerName.Parse(name));
        Assert.Equal(id[..12], names[^1]);
        Assert.Matches("^[a-z]+_[a-z]+$", names[0]);
        Assert.All(names[1..^1], name => Assert.Matches("^[a-z]+_[a-z]+[0-9]$", name));
    }

    [Fact]
    public void Any_pair_of_words_makes_a_name() => Assert.All(
        (string[])[.. Adjectives.All, .. Surnames.All], word => Assert.Matches("^[a-z]{2,20}$", word));
}
