using Engine.Core.Containers.Users;

namespace Engine.Core.Tests.Containers.Users;

public sealed class UserLookupTests
{
    private const string Passwd = """
        root:x:0:0:root:/root:/bin/sh
        # a comment
        broken
        +::::::
        www:x:33:44:web:/var/www:/bin/false
        """;

    private const string Group = """
        root:x:0:
        wheel:x:10:root,www
        www:x:44:
        audio:x:29:www
        """;

    [Theory]
    [InlineData("", 0, 0, "/root", new uint[] { 0, 10 })]
    [InlineData("0", 0, 0, "/root", new uint[] { 0, 10 })]
    [InlineData("root", 0, 0, "/root", new uint[] { 0, 10 })]
    [InlineData("www", 33, 44, "/var/www", new uint[] { 44, 10, 29 })]
    [InlineData("33", 33, 44, "/var/www", new uint[] { 44, 10, 29 })]
    [InlineData("www:audio", 33, 29, "/var/www", new uint[] { 29 })]
    [InlineData("www:5", 33, 5, "/var/www", new uint[] { 5 })]
    [InlineData("1000", 1000, 0, "/", new uint[] { 0 })]
    [InlineData("1000:1000", 1000, 1000, "/", new uint[] { 1000 })]
    [InlineData(":audio", 0, 29, "/root", new uint[] { 29 })]
    public void Names_and_numbers_are_looked_up_as_docker_does(string user, uint uid, uint gid, string home, uint[] groups)
    {
        var found = UserLookup.Find(user, [], Passwd, Group);
        Assert.Equal((uid, gid, home), (found.Uid, found.Gid, found.Home));
        Assert.Equal(groups, found.SupplementaryGids);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("www:nogroup")]
    [InlineData("4294967296")]
    [InlineData("2147483648")]
    [InlineData("-1")]
    [InlineData("broken")]
    public void Who_is_not_there_is_an_error(string user) => Assert.Equal(
        EngineErrorReason.UserNotFound,
        Assert.Throws<EngineException>(() => UserLookup.Find(user, [], Passwd, Group)).Reason);

    [Fact]
    public void Groups_to_add_join_those_of_the_user_once()
    {
        var found = UserLookup.Find("www", ["audio", "77", "77"], Passwd, Group);
        Assert.Equal([44u, 10u, 29u, 77u], found.SupplementaryGids);
    }

    [Fact]
    public void An_image_without_the_files_knows_numbers_only()
    {
        Assert.Equal(5u, UserLookup.Find("5:6", [], "", "").Uid);
        Assert.Throws<EngineException>(() => UserLookup.Find("root", [], "", ""));
        Assert.Equal(0u, UserLookup.Find("", [], "", "").Uid);
    }

    [Fact]
    public void A_name_made_of_digits_wins_over_the_number() =>
        Assert.Equal(7u, UserLookup.Find("1000", [], "1000:x:7:7::/:/bin/sh", "").Uid);
}
