using CsCheck;
using Engine.Oci.Distribution.Authentication;

namespace Engine.Oci.Tests.Distribution.Authentication;

public sealed class ChallengeParserTests
{
    [Fact]
    public void A_bearer_challenge_has_its_parameters()
    {
        AuthChallenge challenge = Assert.Single(ChallengeParser.Parse(
            "Bearer realm=\"https://auth.example/token\",service=\"registry.example\", scope=\"repository:a/b:pull,push\""));
        Assert.True(challenge.IsBearer);
        Assert.Equal("https://auth.example/token", challenge.Realm);
        Assert.Equal("registry.example", challenge.Service);
        Assert.Equal("repository:a/b:pull,push", challenge.Scope);
    }

    [Fact]
    public void Several_challenges_stand_in_one_header()
    {
        IReadOnlyList<AuthChallenge> challenges = ChallengeParser.Parse(
            "Negotiate, Basic realm=\"a, \\\"b\\\"\" , bearer REALM=https://x/t,scope=\"\"");
        Assert.Equal(["Negotiate", "Basic", "bearer"], challenges.Select(challenge => challenge.Scheme));
        Assert.Equal("a, \"b\"", challenges[1].Realm);
        Assert.Equal("https://x/t", challenges[2].Realm);
    }

    [Fact]
    public void A_token_is_preferred_and_what_is_unknown_left_out()
    {
        Assert.True(ChallengeParser.Choose(["Basic realm=x", "Bearer realm=\"https://x/\""])!.IsBearer);
        Assert.True(ChallengeParser.Choose(["Negotiate, Basic realm=x"])!.IsBasic);
        Assert.True(ChallengeParser.Choose(["Bearer service=x, Basic realm=x"])!.IsBasic);
        Assert.Null(ChallengeParser.Choose(["Negotiate abc==", "Digest realm=\"x\""]));
    }

    [Fact]
    public void Any_text_is_read_to_its_end() =>
        Gen.Char["Basic Bearer=,\"\\\t\u0000é"].Array[0, 60]
            .Sample(text => Assert.InRange(ChallengeParser.Parse(new string(text)).Count, 0, 60));

    [Theory]
    [InlineData("repository:a/b:pull,push", "repository:a/b:pull,push")]
    [InlineData("repository:a:push repository:a:pull repository:b:pull", "repository:a:pull,push repository:b:pull")]
    [InlineData("repository:host:5000/a:pull", "repository:host:5000/a:pull")]
    [InlineData("nonsense one:two", "")]
    public void Scopes_are_united_and_ordered(string text, string expected) =>
        Assert.Equal(expected, ScopeSet.Parse(text).ToString());

    [Fact]
    public void A_union_allows_what_both_allow() =>
        Assert.Equal(
            "repository:a:pull,push repository:b:pull",
            ScopeSet.Repository("a", "push", "pull").Union(ScopeSet.Parse("repository:b:pull repository:a:pull")).ToString());
}
